// LinearProgram

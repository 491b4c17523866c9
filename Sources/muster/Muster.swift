import ArgumentParser

@main
struct Muster: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Staff rotas that can be trusted.")
}

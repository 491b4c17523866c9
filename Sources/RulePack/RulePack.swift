// RulePack

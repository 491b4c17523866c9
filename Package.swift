// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "muster",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "muster", targets: ["muster"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C libraries: a module map and a commented shim each.
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
        .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CLibICal", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),

        // Arrows go down only: a target may depend on those above it.
        .target(name: "Roster"),
        .target(name: "RosterSamples", dependencies: ["Roster"]),
        .target(
            name: "PlainText",
            dependencies: [
                .product(name: "Yams", package: "Yams"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ]),
        .target(
            name: "RulePack",
            dependencies: ["Roster", "PlainText"],
            resources: [.embedInCode("Packs")]),
        .target(name: "LinearProgram", dependencies: ["CGLPK"]),
        .target(name: "DemandForecast", dependencies: ["Roster", "LinearProgram"]),
        .target(name: "CRelaxation"),
        .target(name: "RosterEngine", dependencies: ["Roster", "RulePack", "LinearProgram", "CRelaxation"]),
        .target(name: "RosterCheck", dependencies: ["Roster", "RulePack"]),
        .target(
            name: "RosterExplain", dependencies: ["Roster", "RulePack", "RosterEngine", "RosterCheck"]),
        .target(
            name: "MusterFiles",
            dependencies: [
                "Roster", "RulePack", "PlainText", "RosterCheck", "DemandForecast", "CXLSXWriter", "CLibICal",
                "CCrypto",
            ]),
        .target(
            name: "MusterStore",
            dependencies: [
                "Roster", "RulePack", "RosterCheck", "CCrypto",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .executableTarget(
            name: "muster",
            dependencies: [
                "Roster", "RulePack", "PlainText", "RosterEngine", "RosterCheck", "RosterExplain",
                "DemandForecast", "MusterFiles",
                "MusterStore", "RosterSamples",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "muster-bench",
            dependencies: [
                "Roster", "RulePack", "RosterEngine", "RosterCheck", "MusterFiles", "RosterSamples",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "RosterTests", dependencies: ["Roster"]),
        .testTarget(
            name: "RosterSamplesTests", dependencies: ["RosterSamples", "RosterCheck", "MusterFiles"]),
        .testTarget(name: "PlainTextTests", dependencies: ["PlainText"]),
        .testTarget(name: "RulePackTests", dependencies: ["RulePack", "PlainText", "Roster"]),
        .testTarget(name: "LinearProgramTests", dependencies: ["LinearProgram"]),
        .testTarget(name: "DemandForecastTests", dependencies: ["DemandForecast"]),
        .testTarget(
            name: "RosterEngineTests", dependencies: ["RosterEngine", "RosterCheck", "MusterFiles"]),
        .testTarget(name: "RosterCheckTests", dependencies: ["RosterCheck", "MusterFiles"]),
        .testTarget(name: "RosterExplainTests", dependencies: ["RosterExplain", "MusterFiles"]),
        .testTarget(name: "MusterFilesTests", dependencies: ["MusterFiles"]),
        .testTarget(
            name: "MusterStoreTests",
            dependencies: ["MusterStore", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "MusterTests",
            dependencies: ["muster", "PlainText", "RosterEngine", "MusterFiles", "MusterStore"],
            exclude: ["Help"]),
        .testTarget(name: "MusterBenchTests", dependencies: ["muster-bench", "RosterEngine"]),
    ]
)

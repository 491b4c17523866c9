// swift-tools-version: 6.1
import PackageDescription

// Search and checker are optimised in each release build, also where the rest is not, to be built sooner (`make demo`).
// Of -O and -Onone the compiler's driver takes the command line's, its frontend the one that stands here.
let optimised: [SwiftSetting] = [
    .unsafeFlags(["-Xfrontend", "-O", "-Xfrontend", "-enable-default-cmo"], .when(configuration: .release))
]

// Foundation's Process reads past a buffer where a process has some 1,300 files open, as the tests have together:
// https://github.com/swiftlang/swift-corelibs-foundation/pull/5472.
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
    name: "muster",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "muster", targets: ["muster"])
    ],
    traits: [
        .trait(
            name: "SystemView",
            description: "The system view, muster-server. Without it the packages of the web are not fetched."
        ),
        .default(enabledTraits: ["SystemView"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1",
            traits: ["FullFoundation"]),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // C libraries: a module map and a commented shim each.
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
        .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CLibICal", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CGMime", providers: [.apt(["libgmime-3.0-dev"])]),

        // Arrows go down only: a target may depend on those above it.
        .target(
            name: "Roster", resources: [.embedInCode("Time/BankHolidays")], swiftSettings: optimised),
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
            resources: [.embedInCode("Packs")],
            swiftSettings: optimised),
        .target(name: "LinearProgram", dependencies: ["CGLPK"], swiftSettings: optimised),
        .target(name: "DemandForecast", dependencies: ["Roster", "LinearProgram"]),
        .target(name: "CRelaxation"),
        .target(
            name: "RosterEngine", dependencies: ["Roster", "RulePack", "LinearProgram", "CRelaxation"],
            swiftSettings: optimised),
        .target(name: "Extracts", dependencies: ["Roster", "RulePack"]),
        .target(name: "RosterCheck", dependencies: ["Roster", "RulePack"], swiftSettings: optimised),
        .target(name: "GapMatching", dependencies: ["Roster", "LinearProgram"]),
        .target(name: "SystemPool", dependencies: ["Roster", "LinearProgram"]),
        .target(
            name: "LookForward",
            dependencies: [
                "Roster", "RulePack", "RosterCheck", "GapMatching", "LinearProgram", "Extracts", "CCrypto",
            ]),
        .target(
            name: "RosterExplain", dependencies: ["Roster", "RulePack", "RosterEngine", "RosterCheck"]),
        .target(
            name: "MusterFiles",
            dependencies: [
                "Roster", "RulePack", "PlainText", "RosterCheck", "Extracts", "DemandForecast", "SystemPool",
                "CXLSXWriter",
                "CLibICal",
                "CCrypto",
            ]),
        .target(
            name: "MusterStore",
            dependencies: [
                "Roster", "RulePack", "RosterCheck", "Extracts", "SystemPool", "CCrypto",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "MusterMail",
            dependencies: [
                "Roster", "PlainText", "Extracts", "LookForward", "MusterFiles", "MusterStore", "SystemPool",
                "CCurl",
                "CGMime", "CCrypto",
            ]),
        .target(
            name: "SystemFeed",
            dependencies: [
                "Roster", "RosterCheck", "RulePack", "Extracts", "LookForward", "SystemPool", "CCrypto",
            ]),
        .target(
            name: "MusterLink",
            dependencies: [
                "Roster", "RulePack", "PlainText", "Extracts", "SystemPool", "SystemFeed", "MusterStore",
                "CCurl",
            ]),
        .target(
            name: "MusterWeb",
            dependencies: [
                "Roster", "SystemPool", "MusterFiles", "CCrypto",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(
                    name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["SystemView"])),
                .product(
                    name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: ["SystemView"])),
            ],
            resources: [.embedInCode("Resources")]),
        .executableTarget(
            name: "muster",
            dependencies: [
                "Roster", "RulePack", "PlainText", "RosterEngine", "RosterCheck", "RosterExplain",
                "DemandForecast", "MusterFiles",
                "MusterStore", "MusterMail", "MusterLink", "RosterSamples", "Extracts", "LookForward",
                "SystemPool",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "muster-server",
            dependencies: [
                "Roster", "PlainText", "SystemPool", "MusterStore", "MusterFiles", "MusterWeb",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "muster-bench",
            dependencies: [
                "LookForward", "Roster", "RulePack", "RosterEngine", "RosterCheck", "MusterFiles",
                "MusterStore", "Extracts", "SystemPool",
                "RosterSamples",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "RosterTests", dependencies: ["Roster"]),
        .testTarget(name: "ExtractsTests", dependencies: ["Extracts", "RosterCheck"]),
        .testTarget(
            name: "RosterSamplesTests",
            dependencies: ["RosterSamples", "RosterCheck", "MusterFiles", "Extracts"]),
        .testTarget(name: "PlainTextTests", dependencies: ["PlainText"]),
        .testTarget(name: "RulePackTests", dependencies: ["RulePack", "PlainText", "Roster"]),
        .testTarget(name: "LinearProgramTests", dependencies: ["LinearProgram", subprocess]),
        .testTarget(name: "DemandForecastTests", dependencies: ["DemandForecast"]),
        .testTarget(
            name: "RosterEngineTests", dependencies: ["RosterEngine", "RosterCheck", "MusterFiles"]),
        .testTarget(name: "RosterCheckTests", dependencies: ["RosterCheck", "MusterFiles"]),
        .testTarget(name: "GapMatchingTests", dependencies: ["GapMatching"]),
        .testTarget(name: "SystemPoolTests", dependencies: ["SystemPool"]),
        .testTarget(
            name: "LookForwardTests",
            dependencies: ["LookForward", "Extracts", "Roster", "RulePack", "RosterCheck", "GapMatching"]),
        .testTarget(name: "RosterExplainTests", dependencies: ["RosterExplain", "MusterFiles"]),
        .testTarget(
            name: "MusterFilesTests", dependencies: ["MusterFiles", "Extracts", "SystemPool", subprocess]),
        .testTarget(
            name: "MusterStoreTests",
            dependencies: [
                "MusterStore", "Extracts", "SystemPool", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "SystemFeedTests",
            dependencies: [
                "SystemFeed", "Extracts", "Roster", "RosterCheck", "RulePack", "SystemPool", "MusterFiles",
            ]),
        .testTarget(
            name: "MusterLinkTests",
            dependencies: ["MusterLink", "MusterStore", "MusterFiles", "SystemPool", "Roster", "RulePack"]),
        .testTarget(
            name: "MusterMailTests",
            dependencies: [
                "MusterMail", "MusterStore", "MusterFiles", "LookForward", "Extracts", "SystemPool", "Roster",
            ]),
        .testTarget(
            name: "MusterWebTests",
            dependencies: [
                "MusterWeb", "MusterStore", "Roster", "SystemPool",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "MusterTests",
            dependencies: [
                "muster", "PlainText", "RosterEngine", "RosterCheck", "MusterFiles", "MusterStore",
                "MusterLink", "Extracts", "SystemPool", "Roster", subprocess,
            ],
            exclude: ["Help"]),
        .testTarget(name: "MusterBenchTests", dependencies: ["muster-bench", "RosterEngine"]),
    ]
)

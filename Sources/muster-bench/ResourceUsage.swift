import Foundation

/// What the kernel has counted for this process.
struct ResourceUsage {
    let cpuSeconds: Double
    let peakMegabytes: Double

    static var ofThisProcess: Self {
        var usage = rusage()
        #if os(Linux)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            let bytesPerUnit = 1024.0
        #else
            getrusage(RUSAGE_SELF, &usage)
            let bytesPerUnit = 1.0
        #endif
        return Self(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakMegabytes: Double(usage.ru_maxrss) * bytesPerUnit / 1_000_000)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}

import Roster

/// Events ahead whose effect nobody stated and nothing taught: they are said, for they change nothing.
extension Forecaster {
    /// The names of the events of which a day was counted, so that a regression on these counts knows what they do.
    func taught(_ series: ActivitySeries, _ totals: DailyTotals) -> Set<String> {
        let learnt = outlook.events(of: series.id.unit).filter(\.isLearnt)
        return Set(
            learnt.filter { event in
                totals.values.indices.contains {
                    !totals.values[$0].isNaN && event.covers(totals.first.advanced(by: $0))
                }
            }.map(\.name))
    }

    /// A note for each event on the days to forecast that makes no difference to them.
    func unusedEvents(of series: ActivitySeries, taught: Set<String>, why: String) -> [String] {
        outlook.events(of: series.id.unit).filter { event in
            event.isLearnt && !taught.contains(event.name) && outlook.days.days.contains(where: event.covers)
        }.map { event in
            "\(event.name), from \(event.first), makes no difference here, because \(why): "
                + "state its effect_percent in events.csv"
        }
    }
}

/// Why an offer may not close a gap, or was not chosen for it; the hard rules in the order in which they are tried.
public enum BindingRule: String, CaseIterable, Hashable, Sendable, Codable {
    case sameOrganisation = "same-organisation"
    case strikeCover = "strike-cover"
    case staffGroup = "staff-group"
    case grade
    case window
    /// A site whose id two organisations use: nobody can tell which is within reach, and where somebody was inducted.
    case siteUnclear = "site-unclear"
    /// A site that is not among those within reach.
    case reach
    case dutyLength = "duty-length"
    case hours
    /// Rest between duties, or two duties at once.
    case rest
    case skill, induction
    case agreement, consent
    case lenderCover = "lender-cover"
    /// Lawful; the gaps that it fits are filled by others.
    case filled
    /// Lawful, and better used elsewhere.
    case betterElsewhere = "better-elsewhere"
    /// Lawful, and what it takes from the lender outweighs what it gives.
    case notWorthIt = "not-worth-it"
    /// No offer of the system is for this time at all.
    case noOffer = "no-offer"
    /// No gap that the offer fits is open while it lasts.
    case noGap = "no-gap"
    /// The organisation's data are stale or missing.
    case staleData = "stale-data"
    /// The offer that a call was made with is not among the latest of its lender.
    case offerGone = "offer-gone"

    public var words: String {
        switch self {
        case .strikeCover: "strike cover is never filled from another organisation"
        case .sameOrganisation: "the offer is of the same organisation, which fills its own gaps itself"
        case .agreement: "no agreement is in force between the two organisations for this staff group"
        case .consent: "the person has not consented to work elsewhere"
        case .staffGroup: "the staff group is another"
        case .grade: "the grade is not one that the gap takes"
        case .skill: "a skill is missing or not in date"
        case .induction: "there was no induction at the site"
        case .siteUnclear: "two organisations send a site of this id, so it is not clear which one is meant"
        case .reach: "the site is out of reach"
        case .window: "the duty with its travel does not fit between earliest start and latest end"
        case .dutyLength: "the duty is longer than they may work"
        case .hours: "too few working minutes are left"
        case .rest: "rest between the duties would be too short"
        case .lenderCover:
            "the lender would fall below its own hard or minimum cover, or could not fill a gap in that"
        case .filled: "the gaps that it fits are filled by others"
        case .betterElsewhere: "the offers that fit lower risk more elsewhere"
        case .notWorthIt: "the lender would lose more than the gap gains"
        case .noOffer: "nobody is offered for this time"
        case .noGap: "no gap that it fits is open at that time elsewhere"
        case .staleData: "the organisation's data are stale or missing"
        case .offerGone: "it is not among the latest offers of its lender"
        }
    }
}

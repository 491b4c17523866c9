extension RotaPage {
    /// Colours of the NHS frontend palette; text on each has a contrast of 4.5 or more (WCAG 2.2 AA).
    static let style: HTML = """
        *{box-sizing:border-box}
        body{margin:0;font:1rem/1.5 Arial,Helvetica,sans-serif;color:#212b32;background:#fff}
        header{background:#005eb8;color:#fff;padding:1rem}
        header p{margin:.25rem 0 0}
        h1{margin:0;font-size:1.6rem;line-height:1.2}
        h2{margin:2rem 0 .75rem;font-size:1.35rem;line-height:1.2}
        h3{margin:1rem 0 .25rem;font-size:1.1rem}
        h4{margin:.75rem 0 .25rem;font-size:1rem}
        p,ul{margin:.25rem 0 .75rem;max-width:75ch}
        h1,h2,h3,p,li,td,tbody th,summary{overflow-wrap:anywhere}
        main{padding:0 1rem 2rem}
        .skip{position:absolute;left:-99rem}
        .skip:focus{position:static;display:block;padding:.5rem 1rem;background:#ffeb3b;color:#212b32}
        :focus-visible{outline:3px solid #212b32;outline-offset:2px;box-shadow:0 0 0 5px #ffeb3b}
        .note{margin-top:1rem;padding:.5rem 1rem;border-left:.5rem solid #4c6272;background:#f0f4f5}
        .verdicts{list-style:none;margin:0;padding:0;display:grid;gap:.75rem;max-width:none;\
        grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
        .verdicts li{display:grid;grid-template-columns:auto 1fr;column-gap:.75rem;align-items:center;\
        border:2px solid;padding:.6rem .8rem}
        .verdicts strong{font-size:1.15rem}
        .verdicts li>span:last-child{grid-column:2;color:#212b32}
        .mark{grid-row:1/3;width:2.2rem;height:2.2rem;line-height:2.2rem;text-align:center;font-size:1.3rem;\
        font-weight:bold;color:#fff}
        .verdicts .covered{border-color:#007f3b}.verdicts .covered strong{color:#007f3b}.covered .mark{background:#007f3b;border-radius:50%}
        .verdicts .open{border-color:#d5281b}.verdicts .open strong{color:#d5281b}.open .mark{background:#d5281b}
        .vacancy{padding:.25rem 1rem .5rem;border:1px solid #d8dde0;border-left:.5rem solid #d5281b}
        .vacancy h3{color:#d5281b}
        .vacancies{display:grid;gap:.75rem;margin:.75rem 0;\
        grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr))}
        .vacancy h4,.vacancy p,.vacancy ul{margin:.2rem 0}.vacancy ul{padding-left:1.2rem}
        a{color:#005eb8}
        td ul{columns:18rem;max-width:none;padding-left:1.2rem}td li{break-inside:avoid}
        .id{font-family:monospace;font-size:.9em}
        .when{font-size:1.15rem;font-weight:bold}
        details{margin:.25rem 0}
        summary{cursor:pointer;color:#005eb8;text-decoration:underline;min-height:24px}
        .scroll{overflow:auto;margin:.5rem 0 1rem}
        table{border-collapse:separate;border-spacing:0;font-size:.9rem}
        caption{text-align:left;font-weight:bold;padding:.25rem 0}
        th,td{padding:.3rem .5rem;border-bottom:1px solid #d8dde0;text-align:left;vertical-align:top}
        td{min-width:3rem}
        thead th{background:#f0f4f5;border-bottom:2px solid #4c6272}
        .grid{max-height:95vh}
        .grid table{font-size:.8rem;line-height:1.15}
        .grid th,.grid td{padding:.2rem .1rem;text-align:center;border-right:1px solid #d8dde0;min-width:2.25rem;\
        vertical-align:middle;overflow-wrap:normal}
        .grid abbr{text-decoration:none;font-weight:normal}
        .grid thead th{position:sticky;top:0;z-index:2;vertical-align:top}
        .grid .name{position:sticky;left:0;z-index:1;width:9rem;min-width:6.5rem;max-width:9rem;padding:.2rem .3rem;\
        text-align:left;background:#fff;font-weight:normal;border-right:2px solid #4c6272;overflow-wrap:anywhere}
        .grid thead .name{z-index:3;background:#f0f4f5;font-weight:bold}
        .grid .sum{text-align:right;padding-right:.3rem;white-space:nowrap}
        .grid .group th,.grid .group td{background:#d8dde0;font-size:.75rem;border-top:1px solid #4c6272}
        .grid .group th{font-weight:bold}
        .grid .we{background:#e8edee}
        .grid thead .we{background:#d8dde0}
        .grid td{position:relative}
        .grid i{position:absolute;top:2px;right:2px;font:bold .65rem/1 Arial,sans-serif}
        small{font-size:.65rem;text-transform:uppercase}
        .grid small{display:block;font-weight:normal}
        .grid .early,.key.early{background:#fff2c7}
        .grid .late,.key.late{background:#ffd9b3}
        .grid .long,.key.long{background:#cce4f7}
        .grid .night,.key.night{background:#005eb8;color:#fff;font-weight:bold}
        .grid .study,.key.study{background:#fff;outline:1px dashed #4c6272;outline-offset:-3px}
        .grid .oncall,.key.oncall{background:#fff;outline:3px double #4c6272;outline-offset:-3px}
        .grid .away,.key.away{background:repeating-linear-gradient(135deg,#e4e8ea 0 3px,#f7f9fa 3px 6px);\
        font-style:italic;font-size:.75rem}
        .grid .refused,.key.refused{box-shadow:inset 0 0 0 2px #d5281b}
        .legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;max-width:none;font-size:.9rem}
        .key{display:inline-block;min-width:2.4rem;padding:.1rem .3rem;text-align:center;border:1px solid #d8dde0}
        .key i{font-style:normal;font-weight:bold}
        .strips svg{display:block;width:100%;min-width:2rem;height:1.4rem;background:#f0f4f5}
        .strips td{font-size:.7rem}
        .there{fill:#7da7cf}
        .missing{fill:#d5281b}
        .needed{fill:none;stroke:#212b32;stroke-width:1.5px;vector-effect:non-scaling-stroke}
        .strips .short,.hours .short{font-weight:bold;color:#b3170b}
        .strips .short{display:block;background:#fff;outline:1px solid #d5281b}
        .hours td,.hours th{padding:.1rem .3rem;min-width:0;white-space:nowrap;font-size:.8rem}
        @media (max-width:40em){main{padding:0 .6rem 1rem}h1{font-size:1.3rem}\
        .grid .name{max-width:6.5rem;width:6.5rem}}
        @page{size:landscape;margin:8mm}
        @media print{*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        html{font-size:8pt}header{padding:2mm 3mm}main{padding:0}h2{margin:1rem 0 .5rem}.skip{display:none}
        .scroll,.grid{overflow:visible;max-height:none}
        .grid thead th,.grid .name{position:static}
        .grid table{width:100%;table-layout:fixed;font-size:.85rem}
        .grid th,.grid td{min-width:0;padding:.3mm 0}
        .grid .name{width:27mm;min-width:0;max-width:none;padding:.3mm 1mm}
        .grid thead .sum{width:8.5mm;font-size:.75rem}.grid thead .sum:nth-last-child(4){width:13mm}
        .grid .away{font-size:.7rem}
        .grid .group th,.grid .group td,.strips td{font-size:.65rem}
        .strips svg{min-width:0;height:5mm}
        .grid tr,.strips,.vacancy,.verdicts li{break-inside:avoid}
        h2,h3,caption{break-after:avoid}
        #rota,#gaps{break-before:page}
        #cover{display:none}}
        """
}

import MusterFiles

extension ReportPage {
    /// Colours of the NHS frontend palette; text on each has a contrast of 4.5 or more (WCAG 2.2 AA). Mail programs
    /// may drop any of it: nothing here carries meaning alone.
    static let style: HTML = """
        body{margin:0;padding:0;background:#f0f4f5;color:#212b32;font:16px/1.5 Arial,Helvetica,sans-serif}
        .page{max-width:720px;margin:0 auto;background:#fff}
        header{background:#005eb8;color:#fff;padding:16px}
        h1{margin:0;font-size:24px;line-height:1.2}
        h2{margin:32px 0 8px;font-size:20px;line-height:1.25}
        h3{margin:0 0 8px;font-size:17px;line-height:1.3}
        p,ul{margin:4px 0 8px}
        ul{padding-left:20px}
        header p{margin:4px 0 0}
        .dates{font-size:18px;font-weight:bold}
        main,footer{padding:16px}
        footer{background:#f0f4f5;color:#4c6272;font-size:14px}
        footer h2{margin:0 0 4px;font-size:16px}
        p,li,td,th,h3{overflow-wrap:break-word}
        .days td{white-space:nowrap}
        .verdict{padding:8px 16px;border:2px solid #4c6272;border-left-width:8px;margin-bottom:12px}
        .verdict strong{font-size:18px;line-height:1.35}
        .short,.none{border-color:#d5281b}
        .good{border-color:#007f3b}
        .doubt{border-color:#ffb81c}
        .times{color:#4c6272;margin:0;font-size:15px}
        table{border-collapse:collapse;width:100%;font-size:15px}
        caption{text-align:left;color:#4c6272;font-size:14px;padding:4px 0}
        th,td{padding:4px 8px 4px 0;border-bottom:1px solid #d8dde0;text-align:left;vertical-align:top}
        thead th{border-bottom:2px solid #4c6272}
        .days td{font-weight:bold}
        .gap{border:1px solid #d8dde0;border-left:8px solid #4c6272;padding:12px;margin:0 0 16px}
        .gap caption{position:absolute;left:-9999px}
        .gap th{width:112px;font-weight:normal;color:#4c6272}
        .gap tr:last-child th,.gap tr:last-child td{border-bottom:0}
        .gap ul{margin:0;padding-left:16px}
        .gap.critical{border-left-color:#d5281b}
        .gap.flag{border-left-color:#ffb81c}
        .mark{display:inline-block;padding:0 6px;background:#4c6272;color:#fff;font-size:14px;font-weight:bold;\
        white-space:nowrap}
        .mark.critical{background:#d5281b}
        .mark.flag{background:#ffb81c;color:#212b32}
        .list th[scope=row]{font-weight:normal}
        @media (max-width:480px){header,main,footer{padding:12px}th,td{padding-right:4px}\
        .gap th,.gap td{display:block;width:auto;padding-right:0}.gap th{border-bottom:0;padding-bottom:0;font-size:14px}\
        .days td{white-space:normal}table{font-size:14px}h1{font-size:22px}}
        """
}

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>The style of the coverage page, for light and dark mode.</summary>
internal static class CoverageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Sheet = """

        :root { color-scheme: light dark; --bg: #fcfcfb; --fg: #1d2329; --dim: #667079; --line: #d9dde1; --heat: #1668a8; --bad: #b3261e; --badbg: #fde3e0; --no: #eceef0; }
        @media (prefers-color-scheme: dark) {
          :root { --bg: #15181c; --fg: #e4e7ea; --dim: #98a2ab; --line: #343a41; --heat: #4aa3e8; --bad: #ff8a80; --badbg: #4a1f1c; --no: #22262b; }
        }
        body { margin: 0 auto; max-width: 1220px; padding: 24px; background: var(--bg); color: var(--fg); font: 14px/1.45 system-ui, sans-serif; }
        h1 { font-size: 24px; margin: 0; }
        h2 { font-size: 19px; margin: 36px 0 8px; }
        h3 { font-size: 15px; margin: 24px 0 2px; }
        h3::first-letter { text-transform: uppercase; }
        p { margin: 2px 0 10px; }
        .sub, section > p, .legend, summary span, figcaption { color: var(--dim); }
        a { color: inherit; }
        .figures { display: flex; flex-wrap: wrap; gap: 12px 44px; margin: 18px 0; }
        .figures div { display: flex; flex-direction: column-reverse; }
        .figures dt { color: var(--dim); }
        .figures dd { margin: 0; font-size: 26px; font-variant-numeric: tabular-nums; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        .list th { text-align: left; font-weight: 600; color: var(--dim); border-bottom: 1px solid var(--line); padding: 3px 14px 3px 0; vertical-align: bottom; }
        .list td { border-bottom: 1px solid var(--line); padding: 3px 14px 3px 0; }
        .list .n { text-align: right; }
        .bad { color: var(--bad); font-weight: 600; }
        .wide { overflow-x: auto; }
        .heat thead th { height: 132px; vertical-align: bottom; padding: 0 0 4px; font-weight: 500; color: var(--dim); }
        .heat thead span { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); max-height: 128px; text-align: left; line-height: 1.15; }
        .heat tbody th { text-align: right; font-weight: 500; padding: 0 10px 0 0; white-space: nowrap; }
        .heat td, .cell { width: 37px; min-width: 37px; height: 25px; text-align: center; font-size: 12px; border: 2px solid var(--bg); border-radius: 5px; }
        .cell { display: inline-block; color: var(--fg); line-height: 21px; height: 21px; }
        .h1 { background: color-mix(in srgb, var(--heat) 9%, var(--bg)); }
        .h2 { background: color-mix(in srgb, var(--heat) 16%, var(--bg)); }
        .h3 { background: color-mix(in srgb, var(--heat) 24%, var(--bg)); }
        .h4 { background: color-mix(in srgb, var(--heat) 33%, var(--bg)); }
        .h5 { background: color-mix(in srgb, var(--heat) 42%, var(--bg)); }
        .h6 { background: color-mix(in srgb, var(--heat) 51%, var(--bg)); }
        .h7 { background: color-mix(in srgb, var(--heat) 60%, var(--bg)); }
        .zero, .cell.zero { background: var(--badbg); color: var(--bad); font-weight: 700; box-shadow: inset 0 0 0 1px var(--bad); }
        .none, .cell.none { color: var(--dim); }
        .no { background: repeating-linear-gradient(135deg, var(--no) 0 2px, transparent 2px 6px); }
        details { border-top: 1px solid var(--line); padding: 10px 0; }
        summary { cursor: pointer; }
        .pair { display: flex; flex-wrap: wrap; gap: 12px 40px; align-items: flex-start; margin-top: 14px; }
        figure { margin: 0; }
        svg text { font-size: 11px; fill: var(--dim); }
        .grid { stroke: var(--line); stroke-width: 1; }
        .curve { fill: none; stroke: var(--heat); stroke-width: 2; stroke-linejoin: round; }
        .small .curve { stroke-width: 1.5; }
        .small { display: block; }

        """;
}

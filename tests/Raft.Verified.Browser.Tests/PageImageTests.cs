using Microsoft.Playwright;
using Raft.Verified.Testing.Page;
using Xunit;

namespace Raft.Verified.Tests.Show;

/// <summary>
/// The look of the page of <c>raft show</c>: golden images of one recorded run, and what must never be cut, crossed or cryptic in it. The run
/// is the shrunk schedule of the mutant W8 in five servers, three of which do nothing. It is kept as the JSON of its page, so that a change of
/// the protocol does not change it. To record it again, copy the JSON out of the page that CONTRIBUTING says how to make.
/// </summary>
public sealed class PageImageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const string Replay = "raft replay out/first-election-5-1-10.min.schedule --mutant W8";

    private static readonly (int Width, int Height)[] Sizes = [(1400, 900), (800, 900)];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int, bool> Looks { get; } = new() { { 1400, false }, { 1400, true }, { 800, false }, { 800, true } };

    public static TheoryData<int> Widths { get; } = [.. Sizes.Select(size => size.Width)];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task The_page_looks_as_it_was_found_right(int width, bool dark)
    {
        await using OpenPage page = await OpenAsync(width, dark, PageImage.Scale);
        byte[] picture = await PictureAsync(page);
        await PageImage.CheckAsync(page.Page, $"page-{width}-{(dark ? "dark" : "light")}", picture);
        Assert.InRange(new FileInfo(PageImage.PathOf($"page-{width}-{(dark ? "dark" : "light")}.verified.png")).Length, 1, 150_000);
        Assert.Empty(page.Troubles);
    }

    [SkippableTheory]
    [MemberData(nameof(Widths))]
    public async Task Other_fonts_make_no_difference_to_the_golden_images_and_another_structure_does(int width)
    {
        await using OpenPage page = await OpenAsync(width, scale: PageImage.Scale);
        byte[] golden = await PictureAsync(page);
        Assert.Equal(0, await PageImage.DifferenceAsync(page.Page, golden, golden));

        foreach (string font in new[] { "serif", "Liberation Sans", "DejaVu Sans Condensed", "monospace" })
        {
            await page.Page.EvaluateAsync("font => { document.documentElement.style.setProperty('--sans', font); document.documentElement.style.setProperty('--mono', font); raftShow.diagram.readTheme(); raftShow.diagram.draw(); }", font);
            Assert.InRange(await PageImage.DifferenceAsync(page.Page, golden, await PictureAsync(page)), 0, PageImage.Tolerance);
        }

        foreach (string change in new[]
        {
            "document.getElementById('panel').style.visibility = 'hidden'",
            "document.getElementById('canvas').style.visibility = 'hidden'",
            "document.getElementById('verdict').style.display = 'none'",
            "raftShow.run.evidence.clear(); raftShow.diagram.draw()",
            "document.getElementById('theme').click()",
            "raftShow.diagram.busy = new Set([0, 1, 2, 3, 4, 5]); raftShow.diagram.layout(); raftShow.diagram.draw()",
        })
        {
            await using OpenPage changed = await OpenAsync(width, scale: PageImage.Scale);
            await changed.Page.EvaluateAsync($"() => {{ {change} }}");
            Assert.True(await PageImage.DifferenceAsync(page.Page, golden, await PictureAsync(changed)) > PageImage.Tolerance, change);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Widths))]
    public async Task Labels_of_the_evidence_are_whole_in_sight_and_not_crossed_by_arrows_at_every_zoom(int width)
    {
        await using OpenPage page = await OpenAsync(width);
        for (int zoom = 0; zoom < 10; zoom++)
        {
            string[] troubles = await page.Page.EvaluateAsync<string[]>(
                """
                zoom => {
                  const { run, diagram } = raftShow, troubles = [];
                  diagram.setZoom(zoom);
                  for (const event of run.evidence.keys()) {
                    diagram.reveal(event);
                    diagram.draw();
                    const plate = diagram.plates.find(plate => plate.event === event), canvas = diagram.canvas, context = canvas.getContext("2d");
                    if (!plate) { troubles.push(`${event}: no label`); continue; }
                    if (plate.lines.join(" ") !== run.events[event].label) troubles.push(`${event}: '${plate.lines.join(" ")}' of '${run.events[event].label}'`);
                    context.font = plate.font;
                    const right = plate.x + plate.width, inside = Math.max(...plate.lines.map(line => context.measureText(line).width));
                    if (plate.x < GUTTER || right > canvas.clientWidth || inside > plate.width) troubles.push(`${event}: from ${plate.x} to ${right} of ${canvas.clientWidth}, text ${inside}`);
                    const strong = ["vote", "append", "snapshot", "late", "lost"].map(name => diagram.colors[name].toLowerCase());
                    const pixels = context.getImageData(Math.ceil(plate.x), Math.ceil(plate.y), Math.floor(plate.width) - 1, Math.floor(plate.height) - 1).data;
                    for (let i = 0; i < pixels.length; i += 4) {
                      const color = "#" + [0, 1, 2].map(c => pixels[i + c].toString(16).padStart(2, "0")).join("");
                      if (strong.includes(color)) { troubles.push(`${event}: ${color} in its label`); break; }
                    }
                  }
                  return troubles;
                }
                """,
                zoom);
            Assert.Equal([], troubles);
        }
    }

    [SkippableFact]
    public async Task A_long_label_of_the_evidence_moves_to_the_left_and_takes_several_lines()
    {
        await using OpenPage page = await OpenAsync(800);
        double[] plate = await page.Page.EvaluateAsync<double[]>(
            """
            () => {
              const { run, diagram } = raftShow, event = [...run.evidence.keys()].at(-1), label = "a label of the evidence that is too long for one line " .repeat(4).trim();
              run.events[event].label = label;
              diagram.draw();
              const plate = diagram.plates.find(plate => plate.event === event);
              return [plate.lines.length, plate.lines.join(" ") === label ? 1 : 0, plate.x, plate.x + plate.width, diagram.canvas.clientWidth];
            }
            """);
        Assert.InRange(plate[0], 2, 6);
        Assert.Equal(1, plate[1]);
        Assert.InRange(plate[2], 100, 200);
        Assert.InRange(plate[3], plate[2], plate[4]);
    }

    [SkippableFact]
    public async Task Lanes_of_servers_without_events_collapse_and_open_with_their_events()
    {
        await using OpenPage page = await OpenAsync(1400);
        const string Lanes = "() => raftShow.diagram.lanes.map(server => raftShow.diagram.widthOf(server))";
        int[] acting = await page.Page.EvaluateAsync<int[]>("() => [...new Set(raftShow.run.events.map(e => e.s || 0))]");
        double[] lanes = await page.Page.EvaluateAsync<double[]>(Lanes);
        Assert.Equal(6, lanes.Length);
        Assert.InRange(acting.Count(server => server > 0), 1, 4);
        for (int server = 1; server <= 5; server++)
        {
            Assert.Equal(acting.Contains(server), lanes[server - 1] > 100);
        }

        // Where only the events of one server are shown, the other lanes collapse.
        int other = acting.First(server => server > 0);
        foreach (int server in acting.Where(server => server != other))
        {
            await page.Page.EvaluateAsync("([server]) => raftShow.run.events.forEach(e => { if ((e.s || 0) === server) e.s = undefined; })", new[] { server });
        }

        await page.Page.ClickAsync("#kind-filter [data-value='disk']");
        lanes = await page.Page.EvaluateAsync<double[]>(Lanes);
        Assert.Single(lanes.Take(5), lane => lane > 100);
        Assert.Empty(page.Troubles);
    }

    [SkippableFact]
    public async Task Servers_without_events_share_one_line_beside_the_diagram()
    {
        await using OpenPage page = await OpenAsync(1400);
        Assert.Equal("S1, S2, S3: no events", await page.TextAsync("#servers .idle"));
        Assert.Equal(2, await page.Page.Locator("#servers .server").CountAsync());
    }

    [SkippableFact]
    public async Task A_collapsed_lane_explains_itself()
    {
        await using OpenPage page = await OpenAsync(1400);
        int idle = await page.Page.EvaluateAsync<int>("() => [1, 2, 3, 4, 5].find(server => !raftShow.diagram.busy.has(server))");
        double x = await page.Page.EvaluateAsync<double>("server => raftShow.diagram.scroller.getBoundingClientRect().left + raftShow.diagram.x(server)", idle);
        double y = await page.Page.EvaluateAsync<double>("() => raftShow.diagram.scroller.getBoundingClientRect().top + 20");
        await page.Page.Mouse.MoveAsync((float)x, (float)y);
        Assert.Equal($"S{idle} has no events among those that are shown.", await page.TextAsync("#tip"));
    }

    [SkippableFact]
    public async Task The_seeded_bug_and_the_command_that_replays_it_are_on_the_page()
    {
        await using OpenPage page = await OpenAsync(1400);
        Assert.Matches("^Seeded bug W8: [a-z].{20,}", await page.TextAsync("#bug"));
        Assert.Equal($"Replay it: {Replay}", await page.TextAsync("#replay"));
        Assert.Contains("schedule 10 of 11", await page.TextAsync("#meta"));
    }

    [SkippableFact]
    public async Task Notation_is_spelled_out_on_hover_and_in_the_legend()
    {
        await using OpenPage page = await OpenAsync(1400);
        string legend = await page.TextAsync("#notation");
        foreach (string sign in new[] { "≤4", "3/2", "next/match 5/4", "t2", "vote? 3/2", "has 4", "c1#2", "@64" })
        {
            Assert.Contains(sign, legend);
        }

        string[] cryptic = await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('#servers dl div')].filter(fact => /[≤\\/#@]/.test(fact.textContent) && !(fact.title.length > 25 && /entr|match/.test(fact.title))).map(fact => fact.textContent)");
        Assert.Equal([], cryptic);
        string leader = await page.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('#servers dl div')].find(fact => /^S[0-9][0-9]+\\/[0-9]+$/.test(fact.textContent)).title");
        Assert.Matches("^The next entry to send to S[0-9] is [0-9]+; S[0-9] is known to match the leader's log through (entry [0-9]+|no entry yet)\\.$", leader);
        Assert.Matches("^A crash leaves on the disk: term 1, the vote for S[0-9], no entries\\.$", await page.Page.EvaluateAsync<string>(
            "() => [...document.querySelectorAll('#servers .server dl div')].filter(fact => fact.textContent.startsWith('disk')).map(fact => fact.title).find(title => title.includes('the vote'))"));

        int vote = await page.Page.EvaluateAsync<int>("() => raftShow.run.events.findIndex(e => e.kind === 'MessageSent' && e.label.includes('vote?'))");
        await page.Page.EvaluateAsync("event => raftShow.diagram.reveal(event)", vote);
        double x = await page.Page.EvaluateAsync<double>("event => raftShow.diagram.scroller.getBoundingClientRect().left + raftShow.diagram.x(raftShow.run.events[event].s) + 30", vote);
        double y = await page.Page.EvaluateAsync<double>("event => raftShow.diagram.scroller.getBoundingClientRect().top + raftShow.diagram.y(event)", vote);
        await page.Page.Mouse.MoveAsync((float)x, (float)y);
        Assert.Contains("In words: asks for a vote in term 1; its log is empty.", await page.TextAsync("#tip"));
    }

    [SkippableFact]
    public async Task Steps_are_numbered_as_in_the_log_and_events_one_by_one()
    {
        await using OpenPage page = await OpenAsync(1400);
        int count = await page.CountAsync();
        int step = await page.Page.EvaluateAsync<int>("() => raftShow.run.events.at(-1).n");
        Assert.StartsWith($"event {count} of {count} · step {step} · ", await page.TextAsync("#readout"));
        Assert.Equal($"step {step}", await page.Page.Locator("#evidence .violating .step").InnerTextAsync());
    }

    private async Task<OpenPage> OpenAsync(int width, bool dark = false, float scale = 1)
    {
        string file = _folder.File("page.html");
        await File.WriteAllTextAsync(file, TracePage.Of("ElectedByMajority: first-election-5", await File.ReadAllTextAsync(PageImage.PathOf("page.trace.json"))));
        return await browser.OpenAsync(file, dark, width, Sizes.Single(size => size.Width == width).Height, scale);
    }

    // The whole page, drawn to its end, without the blinking of a cursor or a focus.
    private static async Task<byte[]> PictureAsync(OpenPage page)
    {
        await page.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return await page.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }
}

using System.Text.Json;
using Microsoft.Playwright;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Page;
using Xunit;

namespace Raft.Verified.Tests.Show;

/// <summary>The page of <c>raft show</c> in a browser.</summary>
public sealed class ShowPageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task The_page_loads_without_an_error_and_asks_for_nothing_else()
    {
        await using OpenPage page = await browser.OpenAsync(Forged());
        Assert.Empty(page.Troubles);
        Assert.Equal([page.Address], page.Requests);
        Assert.InRange(await page.ColorsAsync("canvas"), 20, int.MaxValue);
        Assert.InRange(await page.ColorsAsync("overview"), 4, int.MaxValue);
        Assert.InRange((await page.Page.ScreenshotAsync()).Length, 20_000, int.MaxValue);
    }

    [SkippableFact]
    public async Task The_violation_is_on_top_explained_and_marked()
    {
        await using OpenPage page = await browser.OpenAsync(Forged());
        Assert.Equal("ElectedByMajority", await page.TextAsync("#property"));
        Assert.Contains("with 1 of 3 votes where 2 are needed", await page.TextAsync("#message"));
        Assert.Contains("only after a majority", await page.TextAsync("#statement"));
        Assert.Contains("paper, section 5.2", await page.TextAsync("#statement"));
        Assert.Contains("Reproduced", await page.TextAsync("#status"));
        Assert.Contains("is violated here", await page.TextAsync("#event"));
        Assert.Contains("leader", await page.TextAsync("[data-server='1'] .role"));
        int step = await page.StepAsync();
        Assert.Equal(await page.CountAsync() - 1, step);
        Assert.Equal("179,41,11", await page.ColorAtAsync(4, step));
        ILocator points = page.Page.Locator("#evidence button");
        Assert.Equal(3, await points.CountAsync());
        Assert.Contains("it gets the vote of S3", await points.Nth(1).InnerTextAsync());
        Assert.Equal("true", await points.Nth(2).GetAttributeAsync("aria-current"));
    }

    [SkippableFact]
    public async Task A_click_on_a_point_of_the_evidence_goes_there()
    {
        await using OpenPage page = await browser.OpenAsync(Forged());
        await page.Page.ClickAsync("#evidence li:nth-child(2) button");
        Assert.Contains("S1 receives from S3: Vote t", await page.TextAsync("#event"));
        Assert.Contains("it gets the vote of S3", await page.TextAsync("#event"));
        Assert.Contains("candidate", await page.TextAsync("[data-server='1'] .role"));
        await page.Page.ClickAsync("#violation");
        Assert.Equal(await page.CountAsync() - 1, await page.StepAsync());
    }

    [SkippableFact]
    public async Task Slider_and_keys_move_the_state()
    {
        await using OpenPage page = await browser.OpenAsync(Forged());
        int last = await page.CountAsync() - 1;
        await page.PressAsync("Home");
        Assert.Equal(0, await page.StepAsync());
        Assert.InRange(await page.Page.Locator(".server.down").CountAsync(), 2, 3);
        await page.PressAsync("ArrowRight");
        await page.PressAsync("ArrowDown");
        await page.PressAsync("j");
        int three = await page.StepAsync();
        Assert.InRange(three, 3, last);
        await page.PressAsync("k");
        await page.PressAsync("ArrowUp");
        await page.PressAsync("ArrowLeft");
        Assert.Equal(0, await page.StepAsync());
        await page.PressAsync("PageDown");
        Assert.InRange(await page.StepAsync(), Math.Min(three + 1, last), last);
        await page.PressAsync("End");
        Assert.Equal(last, await page.StepAsync());
        Assert.Equal("leader", (await page.TextAsync("[data-server='1'] .role")).TrimStart('★', ' '));
        await page.Page.FillAsync("#slider", "3");
        Assert.Equal(3, await page.StepAsync());
        Assert.StartsWith("event 4 of", await page.TextAsync("#readout"));
        await page.PressAsync("v");
        Assert.Equal(last, await page.StepAsync());
        Assert.Empty(page.Troubles);
    }

    [SkippableFact]
    public async Task Keys_go_from_event_to_event_of_the_chosen_server()
    {
        await using OpenPage page = await browser.OpenAsync(Forged());
        await page.PressAsync("Home");
        await page.PressAsync("2");
        Assert.Equal(1, await page.Page.Locator(".server.selected[data-server='2']").CountAsync());
        for (int i = 0; i < 3; i++)
        {
            await page.PressAsync("n");
            Assert.Equal(2, await page.Page.EvaluateAsync<int>("() => raftShow.run.events[raftShow.step].s"));
        }

        int third = await page.StepAsync();
        await page.PressAsync("p");
        Assert.InRange(await page.StepAsync(), 0, third - 1);
        Assert.Equal(2, await page.Page.EvaluateAsync<int>("() => raftShow.run.events[raftShow.step].s"));
    }

    [SkippableFact]
    public async Task Filters_hide_kinds_and_servers_but_never_the_evidence()
    {
        await using OpenPage page = await browser.OpenAsync(Forged());
        const string Shown = "() => raftShow.diagram.rows.map(i => raftShow.run.events[i])";
        int all = await page.Page.EvaluateAsync<int>($"({Shown})().length");
        await page.Page.ClickAsync("#kind-filter [data-value='msg']");
        Assert.Equal("false", await page.Page.GetAttributeAsync("#kind-filter [data-value='msg']", "aria-pressed"));
        Assert.InRange(await page.Page.EvaluateAsync<int>($"({Shown})().length"), 1, all - 1);
        Assert.Equal(1, await page.Page.EvaluateAsync<int>($"({Shown})().filter(e => e.kind.startsWith('Message')).length"));
        await page.Page.ClickAsync("#kind-filter [data-value='msg']");
        Assert.Equal(all, await page.Page.EvaluateAsync<int>($"({Shown})().length"));
        await page.Page.ClickAsync("#server-filter [data-value='2']");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>($"({Shown})().filter(e => e.s === 2).length"));
        Assert.Equal("1 3 0", await page.Page.EvaluateAsync<string>("() => raftShow.diagram.lanes.join(' ')"));
        Assert.Empty(page.Troubles);
    }

    [SkippableFact]
    public async Task Light_and_dark_follow_the_system_and_the_button()
    {
        string file = Forged();
        await using OpenPage light = await browser.OpenAsync(file);
        await using OpenPage dark = await browser.OpenAsync(file, dark: true);
        Assert.Equal("rgb(255, 255, 255)", await Paper(light));
        Assert.Equal("rgb(20, 23, 27)", await Paper(dark));
        Assert.InRange(await dark.ColorsAsync("canvas"), 20, int.MaxValue);
        Assert.Equal("255,138,102", await dark.ColorAtAsync(4, await dark.StepAsync()));
        await dark.Page.ClickAsync("#theme");
        Assert.Equal("rgb(255, 255, 255)", await Paper(dark));
        await light.PressAsync("t");
        Assert.Equal("rgb(20, 23, 27)", await Paper(light));

        static Task<string> Paper(OpenPage page) => page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }

    [SkippableFact]
    public async Task A_liveness_violation_shows_where_things_stopped()
    {
        await using OpenPage page = await browser.OpenAsync(ShownPages.Show(_folder, ShownScenarios.StuckMachine, "EveryOperationAnswered"));
        Assert.Equal("EveryOperationAnswered", await page.TextAsync("#property"));
        Assert.Contains("c1#1 is called", await page.TextAsync("#evidence"));
        Assert.Contains("the last commit", await page.TextAsync("#evidence"));
        Assert.Empty(page.Troubles);
    }

    [SkippableFact]
    public async Task A_schedule_that_diverged_says_so_and_shows_what_happened_until_then()
    {
        int changed = 0;
        string file = ShownPages.Show(_folder, ShownScenarios.ForgedVote, "ElectedByMajority", exit: 3, change: schedule =>
        {
            string[] lines = File.ReadAllLines(schedule);
            changed = lines.Length - 4;
            lines[changed] = lines[changed].Replace("\"what\":\"", "\"what\":\"something else than ", StringComparison.Ordinal);
            File.WriteAllLines(schedule, lines);
        });
        await using OpenPage page = await browser.OpenAsync(file);
        Assert.Contains("Not reproduced", await page.TextAsync("#status"));
        Assert.Contains($"decision {changed}", await page.TextAsync("#message"));
        Assert.Contains("with 1 of 3 votes where 2 are needed", await page.TextAsync("#message"));
        Assert.Equal(0, await page.Page.Locator("#evidence button").CountAsync());
        Assert.InRange(await page.ColorsAsync("canvas"), 20, int.MaxValue);
        Assert.Empty(page.Troubles);
    }

    // Counted, not timed: what a step costs is what it draws and folds, on a busy machine as on an idle one.
    [SkippableFact]
    public async Task A_step_among_five_thousand_events_draws_what_is_in_sight_and_folds_a_few_events()
    {
        await using OpenPage page = await browser.OpenAsync(ShownPages.Show(_folder, ShownScenarios.Long, "ShortRun"));
        Assert.InRange(await page.ColorsAsync("canvas"), 20, int.MaxValue);
        int events = await page.CountAsync();
        Assert.InRange(events, 5000, 10_000);
        int[] most = await page.Page.EvaluateAsync<int[]>(
            """
            () => {
              let drawn = 0, folded = 0;
              const count = (type, name, add) => {
                const original = type[name];
                type[name] = function (...args) { add(); return original.apply(this, args); };
              };
              for (const name of ["stroke", "fill", "fillText", "fillRect"]) count(CanvasRenderingContext2D.prototype, name, () => drawn++);
              count(ClusterState.prototype, "apply", () => folded++);
              const slider = document.getElementById("slider"), most = [0, 0];
              for (let i = 0; i < 40; i++) {
                drawn = folded = 0;
                slider.value = (i * 7919) % raftShow.run.events.length;
                slider.dispatchEvent(new Event("input"));
                raftShow.diagram.draw();
                most[0] = Math.max(most[0], drawn);
                most[1] = Math.max(most[1], folded);
              }
              return most;
            }
            """);
        Assert.InRange(most[0], 20, events / 4);
        Assert.InRange(most[1], 1, 200);
        Assert.Empty(page.Troubles);
    }

    [SkippableFact]
    public async Task The_state_at_a_step_is_the_one_that_the_monitors_see()
    {
        string file = ShownPages.Show(_folder, ShownScenarios.Long, "ShortRun");
        Schedule schedule = ScheduleFile.Read(Path.ChangeExtension(file, ".schedule"));
        TraceRecorder recorder = new(ShownScenarios.Long);
        Replayer.Replay(ShownScenarios.Long.ObservedBy(recorder), schedule, recorder);
        await using OpenPage page = await browser.OpenAsync(file);
        Assert.Equal(recorder.Events.Count, await page.CountAsync());
        Monitors view = new(5, model: null, properties: []);
        for (int i = 0; i < recorder.Events.Count; i++)
        {
            RaftEvent e = recorder.Events[i].Event;
            if (recorder.Events[i].Timer is null)
            {
                view.OnEvent(in e);
            }

            if (i % 331 == 0 || i == recorder.Events.Count - 1)
            {
                JsonElement shown = await page.Page.EvaluateAsync<JsonElement>("step => raftShow.stateAt(step).servers", i);
                Assert.Equal(view.View.Servers.Select(Describe), shown.EnumerateArray().Select(Describe));
            }
        }
    }

    private string Forged() => ShownPages.Show(_folder, ShownScenarios.ForgedVote, "ElectedByMajority");

    private static string Describe(ServerView server) =>
        $"{server.Id.Value} {server.IsRunning} {server.Role} t{server.Term} v{server.VotedFor.Value} c{server.CommitIndex} a{server.AppliedIndex} "
            + $"log {server.Log.SnapshotIndex}/{server.Log.SnapshotTerm} {server.Log.LastIndex} disk t{server.Disk.Term} v{server.Disk.VotedFor.Value} "
            + $"{server.Disk.Log.SnapshotIndex} {server.Disk.Log.LastIndex}";

    private static string Describe(JsonElement server)
    {
        JsonElement log = server.GetProperty("log");
        JsonElement disk = server.GetProperty("disk");
        JsonElement diskLog = disk.GetProperty("log");
        string role = server.GetProperty("role").GetString()!;
        return $"{Number(server, "id")} {server.GetProperty("up").GetBoolean()} {char.ToUpperInvariant(role[0])}{role[1..]} t{Number(server, "term")} v{Number(server, "vote")} "
            + $"c{Number(server, "commit")} a{Number(server, "applied")} log {Number(log, "snapshot")}/{Number(log, "snapshotTerm")} {Last(log)} "
            + $"disk t{Number(disk, "term")} v{Number(disk, "vote")} {Number(diskLog, "snapshot")} {Last(diskLog)}";
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static long Last(JsonElement log) => Number(log, "snapshot") + log.GetProperty("terms").GetArrayLength();
}

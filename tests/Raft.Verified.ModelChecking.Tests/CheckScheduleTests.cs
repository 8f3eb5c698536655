using System.Text.Json;
using Raft.Verified.Cli;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>A seeded bug, from the violation in a model to a small schedule of the shipping servers.</summary>
public sealed class CheckScheduleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("E241", "elections", "ElectedByMajority", "ElectedByMajority")]
    [InlineData("P101", "snapshots-async", "NoAcknowledgementBeforeDurability", "NoAcknowledgementBeforeDurability")]
    [InlineData("R11", "elections3 --candidates 2 --empty-entry --reduce all", "CommittedByMajority", "CommittedOnQuorumOfDisks")]
    public async Task What_a_model_shows_is_replayed_shown_and_shrunk(string mutant, string model, string inModel, string onServers)
    {
        string[] models = model.Split(' ');
        string schedule = Path.Combine(_folder.File("out"), $"check-{models[0]}.schedule");

        CommandRun found = await RunAsync(mutant, ["check", .. models, "--out", _folder.File("out")]);
        Assert.Equal(2, found.Exit);
        Assert.Contains($": VIOLATION of {inModel}\n", found.Out, StringComparison.Ordinal);
        Assert.Contains($"\n  on the shipping servers: VIOLATION of {onServers}: ", found.Out, StringComparison.Ordinal);
        Assert.Contains($"\n  schedule: {schedule}\n", found.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("differs:", found.Out, StringComparison.Ordinal);
        foreach (string verb in new[] { "replay", "shrink", "show" })
        {
            Assert.Contains($" {verb} {schedule} --mutant {mutant}\n", found.Out, StringComparison.Ordinal);
        }

        CommandRun replayed = await RunAsync(mutant, "replay", schedule);
        Assert.Equal((2, ""), (replayed.Exit, replayed.Error));
        Assert.Contains($"violated: {onServers}\n", replayed.Out, StringComparison.Ordinal);
        Assert.Contains("reproduced: yes", replayed.Out, StringComparison.Ordinal);

        string page = _folder.File("page.html");
        CommandRun shown = await RunAsync(mutant, "show", schedule, "-o", page);
        Assert.Equal((0, ""), (shown.Exit, shown.Error));
        Assert.Contains(onServers, File.ReadAllText(page), StringComparison.Ordinal);

        CommandRun shrunk = await RunAsync(mutant, "shrink", schedule);
        Assert.Equal((0, ""), (shrunk.Exit, shrunk.Error));
        Assert.Contains($"violates    {onServers}\n", shrunk.Out, StringComparison.Ordinal);
        string smaller = Path.Combine(_folder.File("out"), $"check-{models[0]}.min.schedule");
        Assert.True(File.ReadAllLines(smaller).Length <= File.ReadAllLines(schedule).Length);
    }

    [Fact]
    public async Task The_reports_for_machines_name_the_schedule()
    {
        string junit = _folder.File("check.xml");

        CommandRun run = await RunAsync("E241", "check", "elections", "--json", "--junit", junit, "--out", _folder.File("out"));

        string schedule = Assert.Single(Directory.GetFiles(_folder.File("out")));
        JsonElement onServers = JsonDocument.Parse(run.Out).RootElement.GetProperty("models")[0].GetProperty("onServers");
        Assert.Equal("ElectedByMajority", onServers.GetProperty("property").GetString());
        Assert.Equal(schedule, onServers.GetProperty("schedule").GetString());
        Assert.Empty(onServers.GetProperty("notes").EnumerateArray());
        Assert.Contains($"schedule: {schedule}\n", File.ReadAllText(junit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_that_no_monitor_sees_at_once_shows_later()
    {
        CommandRun run = await RunAsync("P111", "check", "elections", "--reduce", "all", "--workers", "1", "--out", _folder.File("out"));

        Assert.Equal(2, run.Exit);
        Assert.Contains("  on the shipping servers: VIOLATION of OneVotePerTerm: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("  differs: after the last step the run continues at random (seed ", run.Out, StringComparison.Ordinal);
        CommandRun replayed = await RunAsync("P111", "replay", Assert.Single(Directory.GetFiles(_folder.File("out"))));
        Assert.Equal((2, ""), (replayed.Exit, replayed.Error));
    }

    [Fact]
    public async Task A_violation_that_the_servers_do_not_show_is_said_so_and_leaves_no_file()
    {
        // The model has two servers, and this mistake in counting votes elects nobody among two.
        CommandRun run = await RunAsync("E104", "check", "elections", "--reduce", "all", "--workers", "1", "--out", _folder.File("out"));

        Assert.Equal(2, run.Exit);
        Assert.Contains("  on the shipping servers: every step was taken, but no monitor reports a violation; no schedule is written\n", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    // As with --mutant; but the seeded bug is compiled once for all runs of a test.
    private async Task<CommandRun> RunAsync(string mutant, params string[] args)
    {
        string images = _folder.File($"images-{mutant}");
        if (!Directory.Exists(images))
        {
            Directory.CreateDirectory(images);
            foreach (CompiledAssembly assembly in new MutantCompiler().Compile(MutantCatalogue.Load().Mutants.First(known => known.Id == mutant)))
            {
                File.WriteAllBytes(Path.Combine(images, assembly.Name + ".dll"), [.. assembly.Image]);
            }
        }

        return await RaftProcess.RunAsync(
            RaftProcess.WriteLauncher(_folder), args, new Dictionary<string, string> { [MutantHost.ImagesVariable] = images, ["DOTNET_gcServer"] = "0" });
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The Kubernetes manifest: its very commands, run as the pods of the Indexed Job and of the merge Job run them.</summary>
public sealed partial class KubernetesJobTests : IDisposable
{
    private static readonly string[] Manifest = Repository.Lines("src", "Raft.Verified.Cli", "deploy", "raft-test-job.yaml");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_pods_together_report_what_one_run_does()
    {
        const string options = "first-election-3 kv-reads --iterations 40 --seed 7 --workers 1";
        string raft = RaftProcess.WriteLauncher(_folder);
        CommandRun[] pods = await RunPodsAsync(raft, shards: 3, options);
        CommandRun merged = await RunAsync(Script(1), raft, shards: 3, options);
        CommandRun whole = await RaftProcess.RunAsync(raft, ["test", .. options.Split(' '), "--json", "--out", _folder.File("out")]);
        Assert.All(pods, pod => Assert.Equal(0, pod.Exit));
        Assert.Equal((0, 0), (merged.Exit, whole.Exit));
        Assert.Equal(WhatWasDone(whole.Out), WhatWasDone(CommandRun.Of(["merge", "--json", .. Reports()]).Out));
        Assert.Contains("2 scenarios, 80 schedules, ", merged.Out);
        Assert.True(File.Exists(_folder.File("1/merged.xml")));
    }

    [Fact]
    public async Task A_violation_fails_its_pods_and_the_merged_run_and_keeps_every_report()
    {
        const string options = "first-election-5 --mutant W8 --iterations 400 --seed 1 --workers 1";
        string raft = RaftProcess.WriteLauncher(_folder);
        CommandRun[] pods = await RunPodsAsync(raft, shards: 2, options);
        CommandRun merged = await RunAsync(Script(1), raft, shards: 2, options);
        CommandRun whole = await RaftProcess.RunAsync(raft, ["test", .. options.Split(' '), "--json", "--out", _folder.File("out")]);
        Assert.Contains(pods, pod => pod.Exit == 2);
        Assert.Equal((2, 2), (merged.Exit, whole.Exit));
        JsonNode alone = JsonNode.Parse(whole.Out)!["runs"]![0]!["violations"]![0]!;
        JsonNode lowest = JsonNode.Parse(CommandRun.Of(["merge", "--json", .. Reports()]).Out)!["runs"]![0]!["violations"]![0]!;
        Assert.Equal(
            ((long)alone["iteration"]!, (string)alone["property"]!, (string)alone["message"]!),
            ((long)lowest["iteration"]!, (string)lowest["property"]!, (string)lowest["message"]!));
        Assert.Contains($"found in: schedule {alone["iteration"]} of ", merged.Out);
        Assert.True(File.Exists((string)lowest["schedule"]!));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(130, false)]
    [InlineData(137, false)]
    public async Task A_pod_ends_as_its_run_does_and_reports_only_what_came_to_its_end(int status, bool reports)
    {
        string raft = RaftProcess.WriteScript(_folder, "raft", $"echo \"$@\"; exit {status}");
        CommandRun pod = await RunAsync(Script(0), raft, shards: 8, "some --seconds 5", index: 4);
        Assert.Equal(status, pod.Exit);
        Assert.Equal(reports ? [_folder.File("1/shard-5.json")] : [], Reports());
        if (reports)
        {
            Assert.Equal($"test some --seconds 5 --shard 5/8 --out {_folder.File("1/schedules")} --json\n", File.ReadAllText(Reports()[0]));
        }
    }

    [Fact]
    public void What_was_found_is_not_tried_again_and_everybody_agrees_on_the_number_of_shards()
    {
        Assert.Contains("          values: [2, 3]", Manifest);
        Assert.Contains("  backoffLimitPerIndex: 3", Manifest);
        Assert.Contains("  completionMode: Indexed", Manifest);
        Assert.Equal(Value("SHARDS"), Value("completions"));
        Assert.Equal(Value("SHARDS"), Value("parallelism"));
        Assert.DoesNotContain(Manifest, line => line.Contains("privileged: true", StringComparison.Ordinal));
        Assert.DoesNotContain(Manifest, line => line.Contains('\t'));
    }

    private string[] Reports() => Directory.Exists(_folder.File("1")) ? [.. Directory.GetFiles(_folder.File("1"), "*.json").Order()] : [];

    private Task<CommandRun[]> RunPodsAsync(string raft, int shards, string options) =>
        Task.WhenAll(Enumerable.Range(0, shards).Select(index => RunAsync(Script(0), raft, shards, options, index)));

    private Task<CommandRun> RunAsync(string script, string raft, int shards, string options, int? index = null)
    {
        Dictionary<string, string> environment = new()
        {
            ["RAFT"] = raft,
            ["REPORTS"] = _folder.FullName,
            ["RUN"] = "1",
            ["SHARDS"] = $"{shards}",
            ["OPTIONS"] = options,
        };
        if (index is { } number)
        {
            environment["JOB_COMPLETION_INDEX"] = $"{number}";
        }

        return RaftProcess.RunAsync("/bin/sh", ["-c", script], environment);
    }

    private static string Value(string name) => Manifest.Select(line => Entry().Match(line)).First(match => match.Groups[1].Value == name).Groups[2].Value;

    // The n-th block of text below "args:", without its indentation.
    private static string Script(int n)
    {
        int start = Enumerable.Range(0, Manifest.Length).Where(i => Manifest[i].TrimEnd() == "            - |").ElementAt(n) + 1;
        const string indentation = "              ";
        return string.Join('\n', Manifest.Skip(start).TakeWhile(line => line.StartsWith(indentation, StringComparison.Ordinal)).Select(line => line[indentation.Length..]));
    }

    private static string WhatWasDone(string report) => string.Join('\n', JsonNode.Parse(report)!["runs"]!.AsArray().Select(run =>
        $"{run!["scenario"]}: {run["iterations"]} {run["decisions"]} {run["eventHash"]} {run["goals"]!.ToJsonString()} {run["violations"]!.ToJsonString()}"));

    [GeneratedRegex("^ +([A-Za-z]+): \"?([^\" ]+)\"?")]
    private static partial Regex Entry();
}

using System.Text.Json;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>Histories that others recorded, of etcd and of key/value stores, with verdicts that are known.</summary>
public sealed class SharedHistoryTests
{
    [SharedHistoriesFact]
    public void Every_history_of_etcd_gets_the_expected_verdict() => AssertVerdicts("jepsen-etcd", "register", atLeast: 51);

    [SharedHistoriesFact]
    public void Every_history_of_a_key_value_store_gets_the_expected_verdict() => AssertVerdicts("kv", "kv", atLeast: 4);

    private static void AssertVerdicts(string folder, string model, int atLeast)
    {
        using FileStream stream = File.OpenRead(Path.Combine(SharedHistories.Folder, SharedHistories.Expected));
        (string File, bool Linearizable)[] expected =
        [
            .. JsonSerializer.Deserialize<Dictionary<string, bool>>(stream)!
                .Where(entry => entry.Key.StartsWith($"{folder}/", StringComparison.Ordinal))
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => (Path.Combine(SharedHistories.Folder, entry.Key), entry.Value)),
        ];
        Assert.InRange(expected.Length, atLeast, int.MaxValue);
        CommandRun run = CommandRun.Of(["linearize", .. expected.Select(history => history.File), "--model", model, "--json"]);
        Assert.Equal((2, ""), (run.Exit, run.Error));
        using JsonDocument report = JsonDocument.Parse(run.Out);
        Assert.Equal(
            expected,
            report.RootElement.GetProperty("histories").EnumerateArray().Select(history => (history.GetProperty("file").GetString()!, history.GetProperty("linearizable").GetBoolean())));
    }
}

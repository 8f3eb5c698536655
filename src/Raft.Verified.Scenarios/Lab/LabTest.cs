using System.Text;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Lab;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>One test of the MIT 6.5840 Raft lab, under its name of 2024.</summary>
public sealed record LabTest
{
    /// <summary>The lab's name, for example <c>InitialElection3A</c>. Failures are reported under it.</summary>
    public required string Name { get; init; }

    /// <summary>The requirement that the test checks, in one line.</summary>
    public required string Demands { get; init; }

    /// <summary>The number of servers.</summary>
    public required int Servers { get; init; }

    /// <summary>True when the network is unreliable from the start.</summary>
    public bool IsUnreliable { get; init; }

    /// <summary>
    /// True when the test limits the number of requests, so that it runs only on the labs' network. Where messages are
    /// reordered for longer, followers refuse more pipelined requests, and the leader rightly resends them.
    /// </summary>
    public bool CountsRequests { get; init; }

    /// <summary>True when the service takes a snapshot every ten commands.</summary>
    public bool TakesSnapshots { get; init; }

    /// <summary>The goals that must be reached sometimes.</summary>
    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>The steps of the test.</summary>
    public required Func<LabHarness, Task> Body { get; init; }

    /// <summary>Returns the test as a scenario on the labs' network.</summary>
    public Scenario ToScenario() => Make("lab-" + Hyphenated(Name), "the lab's", new LabNetworkSettings { IsReliable = !IsUnreliable, HasLongDelays = true }, LabDisk);

    /// <summary>
    /// Returns the test as a scenario on the network that loses, repeats, delays and reorders single messages, with
    /// slow disks.
    /// </summary>
    public Scenario ToChaosScenario() => Make("lab-chaos-" + Hyphenated(Name), IsUnreliable ? "loss, duplication, delay" : "latencies", null, IsUnreliable ? ChaosFaults : FaultMix.Reliable);

    /// <inheritdoc />
    public override string ToString() => Name;

    // In the labs, writing to the disk takes no time.
    private static FaultMix LabDisk { get; } = FaultMix.Reliable with { MaxFlush = 0 };

    // The labs limit agreement to ten seconds and a test to two minutes, while one message in ten is lost. Strategies
    // that draw their own mix make each fault up to three times as frequent. Writes as long as an election time-out
    // would depose every leader.
    internal static FaultMix ChaosFaults { get; } = FaultMix.Unreliable with { Loss = 0.03, LongDelay = 0.03, SlowFlush = 0.03, MaxSlowFlush = 100 };

    // The heartbeats are as frequent as the labs allow. The election time-out is long enough for three lost heartbeats,
    // and short enough for several split votes within five seconds.
    private Scenario Make(string name, string faults, LabNetworkSettings? lab, FaultMix mix) => new()
    {
        Name = name,
        LooksFor = Demands,
        Faults = faults,
        Cluster = new ClusterSettings
        {
            Servers = Servers,
            StateMachine = _ => new LabMachine(),
            Model = () => new LabModel(),
            Lab = lab,
            Faults = mix,
            HeartbeatInterval = TimeSpan.FromMilliseconds(100),
            ElectionTimeoutMin = TimeSpan.FromMilliseconds(300),
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(600),
            AppendEmptyEntryOnElection = false,
            MaxEntriesPerAppend = 256,
            MaxSnapshotChunkBytes = 1 << 20,
        },
        Goals = Goals,
        Clocks = Clocks.Timed,
        UnfairSteps = 60_000,
        Body = cluster => new LabHarness(cluster, this).RunAsync(),

        // Without empty entries, only new commands commit the entries of older terms.
        Afterwards = ScenarioLibrary.MoreAndMoreCommands,
    };

    // Examples: InitialElection3A becomes initial-election-3a, RPCBytes3B rpc-bytes-3b, and Persist13C persist1-3c.
    internal static string Hyphenated(string name)
    {
        StringBuilder text = new();
        string words = name[..^2];
        for (int i = 0; i < words.Length; i++)
        {
            bool begins = char.IsUpper(words[i]) && i > 0
                && (!char.IsUpper(words[i - 1]) || (i + 1 < words.Length && char.IsLower(words[i + 1])));
            text.Append(begins ? "-" : "").Append(char.ToLowerInvariant(words[i]));
        }

        return $"{text}-{name[^2..].ToLowerInvariant()}";
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Models;

/// <summary>
/// The cluster of a model of <c>raft check</c> in the simulated world: shipping servers with the options of the model's
/// cores. Only servers act by themselves. Clients, crashes, restarts and compactions are operations that a schedule may
/// choose. There is one scenario per choice of options, and its name contains the options.
/// </summary>
public static partial class ModelScenario
{
    /// <summary>The bytes of one chunk of a snapshot. A model, whose chunks have one byte each, counts offsets in chunks.</summary>
    public const int ChunkBytes = 16;

    private const int MaxServers = 7;
    private const int MaxChunks = 8;
    private const int MaxDuplicates = 15;

    /// <summary>Creates the scenario for a model.</summary>
    /// <param name="servers">The number of servers, from 1 to 7.</param>
    /// <param name="entries">The maximum number of entries in one request, at least 1.</param>
    /// <param name="inFlight">The maximum number of unacknowledged entries per follower, at least 1.</param>
    /// <param name="chunks">The number of chunks of a snapshot, from 1 to 8.</param>
    /// <param name="emptyEntry">True when a new leader appends an empty entry.</param>
    public static Scenario Of(int servers, int entries, int inFlight, int chunks, bool emptyEntry) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"model-{servers}-entries-{entries}-in-flight-{inFlight}-chunks-{chunks}{(emptyEntry ? "-empty-entry" : "")}"),
        LooksFor = "the shortest violation that 'raft check' has found in a model, replayed on the shipping servers",
        Faults = "crashes, repeated messages",
        Clocks = Clocks.Untimed,
        Cluster = new ClusterSettings
        {
            Servers = servers,
            StateMachine = _ => new ModelMachine(chunks),
            Model = () => new ModelMachineModel(chunks),
            Faults = FaultMix.Reliable with { Duplication = 0.1, MaxDuplicates = MaxDuplicates },
            MaxEntriesPerAppend = entries,
            MaxEntriesInFlight = inFlight,
            MaxSnapshotChunkBytes = ChunkBytes,
            AppendEmptyEntryOnElection = emptyEntry,
        },
        Body = cluster => new ModelActs(cluster).RunAsync(),
        Afterwards = cluster => cluster.CreateClient().ExecuteAsync((_, _) => ModelMachine.Command(byte.MaxValue)),
    };

    /// <summary>Finds the scenario with a name.</summary>
    /// <param name="name">The name of the scenario.</param>
    /// <returns>The scenario; null when no scenario of a model has this name.</returns>
    public static Scenario? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Name().Match(name) is not { Success: true } match)
        {
            return null;
        }

        int[] numbers = [.. Enumerable.Range(1, 4).Select(group => int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        bool isValid = numbers[0] is >= 1 and <= MaxServers && numbers[1] >= 1 && numbers[2] >= 1 && numbers[3] is >= 1 and <= MaxChunks;
        return isValid && Of(numbers[0], numbers[1], numbers[2], numbers[3], match.Groups[5].Success) is { } scenario && scenario.Name == name ? scenario : null;
    }

    [GeneratedRegex("^model-([0-9]+)-entries-([0-9]+)-in-flight-([0-9]+)-chunks-([0-9]+)(-empty-entry)?$")]
    private static partial Regex Name();
}

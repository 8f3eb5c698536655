using System.Text.Json.Nodes;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>The first line of a trace, which describes the cluster.</summary>
/// <param name="Scenario">The name of the scenario.</param>
/// <param name="Servers">The number of servers, from 1 to 64. They are numbered from 1.</param>
/// <param name="MaxEntries">See <see cref="RaftCoreOptions.MaxEntriesPerAppend"/>.</param>
/// <param name="MaxInFlight">See <see cref="RaftCoreOptions.MaxEntriesInFlight"/>.</param>
/// <param name="ChunkBytes">See <see cref="RaftCoreOptions.MaxSnapshotChunkBytes"/>.</param>
/// <param name="EmptyEntry">See <see cref="RaftCoreOptions.AppendEmptyEntryOnElection"/>.</param>
public sealed record TraceHeader(string Scenario, int Servers, int MaxEntries, int MaxInFlight, int ChunkBytes, bool EmptyEntry)
{
    private const int Version = 1;

    internal JsonObject ToJson() => new()
    {
        ["trace"] = Version,
        ["scenario"] = Scenario,
        ["servers"] = Servers,
        ["maxEntries"] = MaxEntries,
        ["maxInFlight"] = MaxInFlight,
        ["chunkBytes"] = ChunkBytes,
        ["emptyEntry"] = EmptyEntry,
    };

    internal static TraceHeader Read(TraceNode line)
    {
        long version = line["trace"].Number;
        if (version != Version)
        {
            throw new TraceException($"trace is {version}; expected {Version}");
        }

        return new TraceHeader(
            line["scenario"].Text, (int)line["servers"].NumberWithin(1, 64), (int)line["maxEntries"].NumberWithin(1, int.MaxValue),
            (int)line["maxInFlight"].NumberWithin(1, int.MaxValue), (int)line["chunkBytes"].NumberWithin(1, int.MaxValue), line["emptyEntry"].Flag);
    }

    internal RaftCoreOptions OptionsOf(int server) => new()
    {
        Id = new ServerId(server),
        Servers = [.. Enumerable.Range(1, Servers).Select(id => new ServerId(id))],
        AppendEmptyEntryOnElection = EmptyEntry,
        MaxEntriesPerAppend = MaxEntries,
        MaxEntriesInFlight = MaxInFlight,
        MaxSnapshotChunkBytes = ChunkBytes,
    };
}

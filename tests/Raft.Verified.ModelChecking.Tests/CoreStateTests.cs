using System.Reflection;
using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>The core's state as a value: everything that decides what the next input does, and nothing else.</summary>
public sealed class CoreStateTests
{
    private static readonly ServerId[] Servers = [new(1), new(2), new(3)];

    // What the value names, where it names it; and what it leaves out, because it decides nothing between two inputs.
    private static readonly string[] Captured =
    [
        "CurrentTerm", "VotedFor", "Log", "Snapshot", "CommitIndex", "LastApplied", "Role", "LeaderId", "_votes", "_replication", "_durability",
        "_termAndVoteWrite", "_reads", "_readRound", "_termStart", "_incoming",
    ];

    private static readonly string[] LeftOut =
    [
        "_options", "_observer", "_effects", "_termOrVoteDirty", "_logDirtyFrom", "_snapshotDirty", "_snapshotKeepsSuffix",
        "RefusedMessages",
    ];

    [Fact]
    public void The_value_names_every_field_of_the_core()
    {
        Assert.Equal(Captured.Concat(LeftOut).Order(StringComparer.Ordinal), FieldsOf(typeof(RaftCore)));
        Assert.Equal(["_matchScratch", "_progress", "_roundScratch", "options"], FieldsOf(typeof(ReplicationTracker)));
    }

    [Fact]
    public void A_restored_core_goes_on_as_the_captured_one_does()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            RaftCore[] cores = [.. Servers.Select(id => new RaftCore(OptionsOf(id), DurableState.Empty, NullRaftObserver.Instance))];
            long[] written = new long[cores.Length];
            long[] completed = new long[cores.Length];
            List<Message> sent = [];
            foreach (RaftCore core in cores)
            {
                _ = core.Start();
            }

            for (int step = 0; step < 150; step++)
            {
                int server = random.Next(cores.Length);
                Func<RaftCore, long, Effects>? input = Draw(random, cores[server], sent, written[server] - completed[server]);
                if (input is null)
                {
                    continue;
                }

                RaftCore restored = RaftCore.Restore(OptionsOf(Servers[server]), cores[server].Capture(), NullRaftObserver.Instance);
                Assert.Equal(cores[server].Capture(), restored.Capture());
                Effects effects = input(cores[server], completed[server]);
                Assert.Equal(TextOf(effects, completed[server]), TextOf(input(restored, 0), 0));
                Assert.Equal(cores[server].Capture(), restored.Capture());
                sent.AddRange(effects.Messages.Select(message => message.Message));
                written[server] = Math.Max(written[server], effects.Write?.Id.Value ?? 0);
                completed[server] = written[server] - cores[server].Capture().PendingWrites.Count;
            }
        }
    }

    [Fact]
    public void States_that_differ_in_one_field_are_not_equal()
    {
        RaftCore core = new(OptionsOf(new ServerId(1)), DurableState.Empty, NullRaftObserver.Instance);
        _ = core.Start();
        CoreState state = core.Capture();
        CoreState[] others =
        [
            state with { CurrentTerm = new Term(1) }, state with { VotedFor = new ServerId(2) }, state with { Role = Role.Candidate },
            state with { LeaderId = new ServerId(2) }, state with { Snapshot = new Snapshot(new LogIndex(1), new Term(1), new byte[1]) },
            state with { Entries = [new LogEntry(new Term(1), new LogIndex(1), EntryKind.Empty, default)] }, state with { CommitIndex = new LogIndex(1) },
            state with { LastApplied = new LogIndex(1) }, state with { Votes = [new ServerId(1)] },
            state with { Followers = [new FollowerState(new ServerId(2), new LogIndex(1), default, default, default, false, default, null, 0)] },
            state with { Round = ReadRound.None.Next() }, state with { TermStart = new LogIndex(1) }, state with { Reads = [new ReadState(new LogIndex(1), default)] },
            state with { Incoming = new IncomingState(new Term(1), new LogIndex(1), new Term(1), new byte[1]) }, state with { DurableIndex = new LogIndex(1) },
            state with { PendingWrites = [new LogIndex(1)] }, state with { TermAndVoteWrite = 1 },
        ];

        Assert.Equal(state, core.Capture());
        Assert.Equal(others.Length + 1, others.Append(state).Distinct().Count());
        Assert.Equal(typeof(CoreState).GetProperties(BindingFlags.Instance | BindingFlags.Public).Length, others.Length);
    }

    private static RaftCoreOptions OptionsOf(ServerId id) => new() { Id = id, Servers = Servers, MaxEntriesPerAppend = 2, MaxEntriesInFlight = 3, MaxSnapshotChunkBytes = 1 };

    private static Func<RaftCore, long, Effects>? Draw(Random random, RaftCore core, List<Message> sent, long pending)
    {
        Message[] forIt = [.. sent.Where(message => message.To == core.Id)];
        switch (random.Next(12))
        {
            case 0 when core.Role != Role.Leader:
                return (it, _) => it.ElectionTimeout();
            case 1:
                return (it, _) => it.HeartbeatTimeout();
            case 2 when core.Role == Role.Leader:
                byte[] command = [(byte)random.Next(4)];
                return (it, _) => it.Propose([command]);
            case 3 when core.LastApplied > core.Log.SnapshotIndex:
                LogIndex index = core.LastApplied;
                return (it, _) => it.Compact(index, new byte[] { (byte)index.Value, 2, 3 });
            case 4 when core.TakesReads:
                return (it, _) => it.Read(new ReadRequest());
            case 5 or 6 when pending > 0:
                long count = 1 + random.NextInt64(pending);
                return (it, completed) => it.WriteCompleted(new WriteId(completed + count));
            case > 6 when forIt.Length > 0:
                Message message = forIt[^(1 + random.Next(Math.Min(forIt.Length, 12)))];
                return (it, _) => it.Receive(message);
            default:
                return null;
        }
    }

    // Write numbers relative to the last completed one, in which the two differ.
    private static string TextOf(Effects effects, long completed)
    {
        StateWriter writer = new();
        foreach (OutgoingMessage message in effects.Messages)
        {
            writer.Message(message.Message);
            writer.Number(message.After == WriteId.None ? 0 : message.After.Value - completed);
        }

        foreach (LogEntry entry in effects.Committed)
        {
            writer.Entry(entry);
        }

        writer.Snapshot(effects.Restore);
        writer.Number((int)effects.Timers);
        writer.Number(effects.Write is { } write ? write.Id.Value - completed : 0);
        writer.Number(effects.ReadsReady.Count);
        writer.Number(effects.ReadsRefused.Count);
        return Convert.ToHexString(writer.ToArray());
    }

    private static IEnumerable<string> FieldsOf(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        .Select(field => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name)
        .Order(StringComparer.Ordinal);
}

using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>The properties of a state of the whole cluster, under the names of <c>specs/README.md</c>. What depends on one or two servers only is remembered.</summary>
internal sealed class ClusterProperties(CoreCluster cluster, ModelBounds bounds)
{
    private readonly Dictionary<(int, int), bool> _matching = [];
    private readonly Dictionary<(int Local, LogEntry[] Committed), (string, string)?> _own = [];
    private readonly Dictionary<(int Local, LogEntry[] Committed), ulong> _holds = [];

    // By definition, and not by the shipping code's: more than half.
    private int Majority => (bounds.Servers / 2) + 1;

    public (string Property, string Message)? Check(ClusterState state, CommittedHistory committed, (int Need, int At)[] served) =>
        ElectionSafety(state) ?? Servers(state, committed) ?? LogMatching(state) ?? OnQuorumOfDisks(state, committed) ?? OneVotePerTerm(state) ?? Reads(served);

    private (string, string)? ElectionSafety(ClusterState state)
    {
        ulong servers = (1UL << bounds.Servers) - 1;
        for (int term = 1; term <= bounds.MaxTerm; term++)
        {
            if (ulong.PopCount((state.Elected >> (term * bounds.Servers)) & servers) > 1)
            {
                return ("ElectionSafety", $"two servers were elected in term {term}");
            }
        }

        return null;
    }

    private (string, string)? Servers(ClusterState state, CommittedHistory committed)
    {
        for (int server = 0; server < bounds.Servers; server++)
        {
            (int, LogEntry[]) key = (state.Local(server), committed.Entries);
            if (!_own.TryGetValue(key, out (string, string)? broken))
            {
                broken = CheckServer(new ServerId(server + 1), cluster.Locals[state.Local(server)], committed);
                _own.Add(key, broken);
            }

            if (broken is not null)
            {
                return broken;
            }
        }

        return null;
    }

    private (string, string)? CheckServer(ServerId id, LocalState local, CommittedHistory committed)
    {
        if (BrokenSnapshot(local.Disk.Snapshot, committed) is { } onDisk)
        {
            return ("SnapshotIsCommittedPrefix", $"{id}'s disk has a snapshot that {onDisk}");
        }

        if (local.Core is not { } core)
        {
            return null;
        }

        if (BrokenSnapshot(core.Snapshot, committed) is { } inMemory)
        {
            return ("SnapshotIsCommittedPrefix", $"{id} has a snapshot that {inMemory}");
        }

        LogEntry[] history = cluster.HistoryOf(core)!;
        for (int index = 1; index <= committed.Entries.Length; index++)
        {
            LogEntry entry = committed.Entries[index - 1];
            bool has = index <= history.Length && history[index - 1].HasSameContentAs(entry);
            if (!has && index <= core.CommitIndex.Value)
            {
                return ("StateMachineSafety", $"{id} has committed up to {core.CommitIndex} without the committed entry {entry}");
            }

            if (!has && core.Role == Role.Leader && committed.Terms[index - 1] < core.CurrentTerm)
            {
                return ("LeaderCompleteness", $"{id} leads term {core.CurrentTerm} without the entry {entry}, committed in term {committed.Terms[index - 1]}");
            }

            if (index <= core.LastApplied.Value && !Holds(local.Disk, entry))
            {
                return ("AppliedIsDurable", $"{id} has applied {entry}, which is not on its disk");
            }
        }

        return null;
    }

    private string? BrokenSnapshot(Snapshot? snapshot, CommittedHistory committed)
    {
        if (snapshot is null)
        {
            return null;
        }

        int length = (int)snapshot.LastIncludedIndex.Value;
        if (length > committed.Entries.Length)
        {
            return $"covers entries up to {length}; {committed.Entries.Length} are committed";
        }

        return cluster.HistoryOf(snapshot) is { } history
            && StepProperties.SameEntries(history, committed.Entries.AsSpan(0, length)) && committed.Entries[length - 1].Term == snapshot.LastIncludedTerm
            ? null
            : $"covers entries up to {length} and is not what they make";
    }

    private (string, string)? LogMatching(ClusterState state)
    {
        for (int i = 0; i < bounds.Servers; i++)
        {
            for (int j = i + 1; j < bounds.Servers; j++)
            {
                (int, int) key = (state.Local(i), state.Local(j));
                if (!_matching.TryGetValue(key, out bool matches))
                {
                    matches = Match(cluster.Locals[key.Item1].Core, cluster.Locals[key.Item2].Core);
                    _matching.Add(key, matches);
                }

                if (!matches)
                {
                    return ("LogMatching", $"S{i + 1} and S{j + 1} have an entry of the same index and term, and different ones before or at it");
                }
            }
        }

        return null;
    }

    private bool Match(CoreState? left, CoreState? right)
    {
        if (left is null || right is null || cluster.HistoryOf(left) is not { } one || cluster.HistoryOf(right) is not { } other)
        {
            return true;
        }

        int common = Math.Min(one.Length, other.Length);
        while (common > 0 && one[common - 1].Term != other[common - 1].Term)
        {
            common--;
        }

        return StepProperties.SameEntries(one.AsSpan(0, common), other.AsSpan(0, common));
    }

    private (string, string)? OnQuorumOfDisks(ClusterState state, CommittedHistory committed)
    {
        Span<int> holders = stackalloc int[committed.Entries.Length];
        for (int server = 0; server < bounds.Servers; server++)
        {
            ulong held = HeldBy(state.Local(server), committed.Entries);
            for (int i = 0; i < holders.Length; i++)
            {
                holders[i] += (int)((held >> i) & 1);
            }
        }

        for (int i = 0; i < holders.Length; i++)
        {
            if (holders[i] < Majority)
            {
                return ("CommittedOnQuorumOfDisks", $"entry {committed.Entries[i]} is committed and on {holders[i]} of {bounds.Servers} disks");
            }
        }

        return null;
    }

    private ulong HeldBy(int local, LogEntry[] committed)
    {
        if (!_holds.TryGetValue((local, committed), out ulong held))
        {
            DiskState disk = cluster.Locals[local].Disk;
            for (int i = 0; i < committed.Length; i++)
            {
                held |= Holds(disk, committed[i]) ? 1UL << i : 0;
            }

            _holds.Add((local, committed), held);
        }

        return held;
    }

    private bool Holds(DiskState disk, LogEntry entry)
    {
        if (entry.Index <= disk.SnapshotIndex)
        {
            return cluster.HistoryOf(disk.Snapshot) is { } history && history[(int)entry.Index.Value - 1].HasSameContentAs(entry);
        }

        return Array.Exists(disk.Log, held => held.HasSameContentAs(entry));
    }

    private (string, string)? OneVotePerTerm(ClusterState state)
    {
        Span<int> votes = stackalloc int[(bounds.MaxTerm + 1) * bounds.Servers];
        foreach (int number in state.Messages)
        {
            Message message = cluster.Messages[number];
            int candidate = message switch
            {
                RequestVote => message.From.Value,
                RequestVoteReply { VoteGranted: true } => message.To.Value,
                _ => 0,
            };
            if (candidate == 0)
            {
                continue;
            }

            ref int vote = ref votes[((int)message.Term.Value * bounds.Servers) + message.From.Value - 1];
            if (vote != 0 && vote != candidate)
            {
                return ("OneVotePerTerm", $"{message.From} has given its vote of term {message.Term} to S{vote} and to S{candidate}");
            }

            vote = candidate;
        }

        return null;
    }

    private static (string, string)? Reads((int Need, int At)[] served)
    {
        foreach ((int need, int at) in served)
        {
            if (at < need)
            {
                return ("LinearizableReads", $"a read is served by a state that has applied {at} entries; {need} were committed when it was asked for");
            }
        }

        return null;
    }
}

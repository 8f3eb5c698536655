using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The properties of a state of the whole cluster, under the names of <c>specs/properties.md</c>. Verdicts on one
/// server and on two logs are remembered. Thread-safe.
/// </summary>
internal sealed class ClusterProperties(CoreCluster cluster, ModelBounds bounds)
{
    private readonly SharedMap _servers = new();
    private readonly SharedMap _matching = new();

    // More than half of the servers. The quorum of the shipping code is not used, because it may be wrong.
    private int Majority => (bounds.Servers / 2) + 1;

    /// <summary>Judges a state whose predecessor was already judged.</summary>
    /// <param name="locals">The numbers of the servers' local states.</param>
    /// <param name="changed">The number of the server that the last step changed, from 0.</param>
    /// <param name="committed">The number of the committed history.</param>
    /// <returns>The violated property and a message; null for none.</returns>
    public (string Property, string Message)? Check(ReadOnlySpan<int> locals, int changed, int committed)
    {
        CommittedHistory history = cluster.Committed(committed);
        Span<long> held = stackalloc long[bounds.Servers];
        if (history.Entries.Length == 0)
        {
            if (Judge(locals[changed], committed, history) < 0)
            {
                return BrokenBy(locals[changed], committed, history);
            }
        }
        else
        {
            for (int server = 0; server < locals.Length; server++)
            {
                held[server] = Judge(locals[server], committed, history);
                if (held[server] < 0)
                {
                    return BrokenBy(locals[server], committed, history);
                }
            }
        }

        return LogMatching(locals, changed) ?? OnQuorumOfDisks(held, history);
    }

    /// <summary>Checks that no two servers were elected in the same term.</summary>
    /// <param name="elected">The elected servers, one bit per term and server.</param>
    /// <returns>The violated property and a message; null for none.</returns>
    public (string Property, string Message)? ElectionSafety(ulong elected)
    {
        ulong servers = (1UL << bounds.Servers) - 1;
        for (int term = 1; term <= bounds.MaxTerm; term++)
        {
            if (ulong.PopCount((elected >> (term * bounds.Servers)) & servers) > 1)
            {
                return ("ElectionSafety", $"two servers were elected in term {term}");
            }
        }

        return null;
    }

    /// <summary>Checks that the leader that a server knows was elected in the term of that server.</summary>
    public (string Property, string Message)? NamedLeaderHasLed(LocalInfo local, ulong elected) =>
        local.Leader > 0 && ((elected >> ((local.Term * bounds.Servers) + local.Leader - 1)) & 1) == 0
            ? ("NamedLeaderHasLed", $"S{local.Server + 1} takes S{local.Leader} for the leader of term {local.Term}, but S{local.Leader} was not elected in that term")
            : null;

    /// <summary>Checks that two messages do not give the same vote to two candidates.</summary>
    public static (string Property, string Message)? OneVotePerTerm(MessageInfo left, MessageInfo right) =>
        left.VoteFor != 0 && right.VoteFor != 0 && left.VoteFor != right.VoteFor && left.Message.From == right.Message.From && left.Message.Term == right.Message.Term
            ? ("OneVotePerTerm", $"{left.Message.From} has given its vote of term {left.Message.Term} to S{left.VoteFor} and to S{right.VoteFor}")
            : null;

    /// <summary>Checks that every read sees all entries that were committed when it was requested.</summary>
    public static (string Property, string Message)? Reads((int Need, int At)[] served)
    {
        foreach ((int need, int at) in served)
        {
            if (at < need)
            {
                return ("LinearizableReads", $"a read is served after {at} applied entries; expected at least {need}, the number committed when it was requested");
            }
        }

        return null;
    }

    // The committed entries that the server's disk holds, one bit per entry; -1 when the server violates a property.
    private long Judge(int local, int committed, CommittedHistory history)
    {
        ulong key = ((ulong)(uint)local << 32) | (uint)committed;
        if (!_servers.TryGet(key, out long verdict))
        {
            LocalInfo info = cluster.Local(local);
            verdict = CheckServer(new ServerId(info.Server + 1), info.State, history) is null ? HeldBy(info.State.Disk, history.Entries) : -1;
            _servers.Add(key, verdict);
        }

        return verdict;
    }

    private (string, string)? BrokenBy(int local, int committed, CommittedHistory history)
    {
        LocalInfo info = cluster.Local(local);
        return CheckServer(new ServerId(info.Server + 1), info.State, history)
            ?? throw new InvalidOperationException($"local state {local} with history {committed} violated a property before, but does not violate one now");
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
            bool has = index <= history.Length && history[index - 1].Equals(entry);
            if (!has && index <= core.CommitIndex.Value)
            {
                return ("StateMachineSafety", $"{id} has commit index {core.CommitIndex}, but its log does not have the committed entry {entry}");
            }

            if (!has && core.Role == Role.Leader && committed.Terms[index - 1] < core.CurrentTerm)
            {
                return ("LeaderCompleteness", $"{id} leads term {core.CurrentTerm} without entry {entry}, which was committed in term {committed.Terms[index - 1]}");
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
            return $"covers entries up to {length}; expected at most {committed.Entries.Length}, the number of committed entries";
        }

        return cluster.Snapshots.HistoryOf(snapshot) is { } history
            && history.AsSpan().SequenceEqual(committed.Entries.AsSpan(0, length)) && committed.Entries[length - 1].Term == snapshot.LastIncludedTerm
            ? null
            : $"covers entries up to {length}, but its content does not match them";
    }

    private (string, string)? LogMatching(ReadOnlySpan<int> locals, int changed)
    {
        int one = cluster.Local(locals[changed]).History;
        for (int server = 0; server < locals.Length && one >= 0; server++)
        {
            int other = cluster.Local(locals[server]).History;
            if (other < 0 || other == one)
            {
                continue;
            }

            ulong key = ((ulong)(uint)one << 32) | (uint)other;
            if (!_matching.TryGet(key, out long matches))
            {
                matches = Match(cluster.Log(one), cluster.Log(other)) ? 1 : 0;
                _matching.Add(key, matches);
            }

            if (matches == 0)
            {
                return ("LogMatching", $"S{changed + 1} and S{server + 1} have an entry with the same index and term, but their logs differ at or before it");
            }
        }

        return null;
    }

    private static bool Match(LogEntry[] one, LogEntry[] other)
    {
        int common = Math.Min(one.Length, other.Length);
        while (common > 0 && one[common - 1].Term != other[common - 1].Term)
        {
            common--;
        }

        return one.AsSpan(0, common).SequenceEqual(other.AsSpan(0, common));
    }

    private (string, string)? OnQuorumOfDisks(ReadOnlySpan<long> held, CommittedHistory history)
    {
        for (int i = 0; i < history.Entries.Length; i++)
        {
            int holders = 0;
            foreach (long entries in held)
            {
                holders += (int)((entries >> i) & 1);
            }

            if (holders < Majority)
            {
                return ("CommittedOnQuorumOfDisks", $"entry {history.Entries[i]} is committed, but on {holders} of {bounds.Servers} disks where {Majority} are needed");
            }
        }

        return null;
    }

    private long HeldBy(DiskState disk, LogEntry[] committed)
    {
        long held = 0;
        for (int i = 0; i < committed.Length; i++)
        {
            held |= Holds(disk, committed[i]) ? 1L << i : 0;
        }

        return held;
    }

    private bool Holds(DiskState disk, LogEntry entry)
    {
        if (entry.Index <= disk.SnapshotIndex)
        {
            return cluster.Snapshots.HistoryOf(disk.Snapshot) is { } history && history[(int)entry.Index.Value - 1].Equals(entry);
        }

        return disk.Log.Contains(entry);
    }
}

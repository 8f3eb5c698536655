using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Coverage;

/// <summary>
/// The cluster, abstracted so that equivalent cluster states get the same fingerprint. Each server has a small code;
/// the fingerprint of all codes does not depend on which server has which. An event updates only the code of its
/// server, or all codes when it changed what every server is measured by.
/// </summary>
/// <remarks>
/// The code of a server has seven parts. Three are its running state (down, running or paused), its role, and its lag
/// behind the highest term (0, 1 or more). Two compare its log with the most up-to-date one (equal, a part, in
/// conflict), and its commit index with the highest (behind by 0, 1 or more). The last two are its vote in that term
/// and whether it has a snapshot. For a server that is down, its disk counts. Messages in flight and unflushed writes
/// are not included, because the number of states would then grow without end.
/// </remarks>
internal sealed class AbstractState(int servers)
{
    private readonly ulong[] _parts = new ulong[servers];
    private readonly End[] _ends = new End[servers];
    private End _best;
    private Term _highest;
    private LogIndex _committed;
    private uint _paused;

    /// <summary>The fingerprint: equal for states that differ only in the servers' names.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>Records that a server is paused or resumed.</summary>
    public void SetPaused(ServerId server, bool paused)
    {
        uint bit = 1U << (server.Value - 1);
        _paused = paused ? _paused | bit : _paused & ~bit;
    }

    /// <summary>Updates the state after events.</summary>
    /// <param name="view">The cluster.</param>
    /// <param name="changed">The servers with events, as bits: server 1 is bit 0.</param>
    public void Update(ClusterView view, uint changed)
    {
        if (Measure(view, changed))
        {
            changed = uint.MaxValue;
        }

        for (int i = 0; i < _parts.Length; i++)
        {
            if (((changed >> i) & 1) != 0)
            {
                // The sum of well-mixed codes does not depend on their order.
                ulong part = SplitMix.Mix(0x72616674, (ulong)CodeOf(view, i));
                Fingerprint += part - _parts[i];
                _parts[i] = part;
            }
        }
    }

    /// <summary>Returns true when the memory of a running server has something that its disk lacks.</summary>
    public static bool HasUnflushed(ServerView server)
    {
        DiskView disk = server.Disk;
        return disk.Term != server.Term || disk.VotedFor != server.VotedFor || End.Of(server.Log) != End.Of(disk.Log);
    }

    // Returns true when the highest term, the most up-to-date log or the commit index of the cluster has changed.
    private bool Measure(ClusterView view, uint changed)
    {
        for (int i = 0; i < _ends.Length; i++)
        {
            if (((changed >> i) & 1) != 0)
            {
                ServerView server = view[new ServerId(i + 1)];
                _ends[i] = End.Of(LogOf(server)) with { CurrentTerm = TermOf(server) };
            }
        }

        End best = _ends[0];
        Term highest = _ends[0].CurrentTerm;
        for (int i = 1; i < _ends.Length; i++)
        {
            ref readonly End end = ref _ends[i];
            if (end.IsBetterThan(in best))
            {
                best = end;
            }

            if (end.CurrentTerm > highest)
            {
                highest = end.CurrentTerm;
            }
        }

        best = best with { CurrentTerm = default };
        if (best == _best && highest == _highest && view.MaxCommitted == _committed)
        {
            return false;
        }

        (_best, _highest, _committed) = (best, highest, view.MaxCommitted);
        return true;
    }

    private int CodeOf(ClusterView view, int index)
    {
        ServerView server = view[new ServerId(index + 1)];
        bool running = server.IsRunning;
        bool voted = running ? !server.VotedFor.IsNone : !server.Disk.VotedFor.IsNone;
        int code = !running ? 0 : ((_paused >> index) & 1) == 0 ? 1 : 2;
        code = (code * 3) + (int)server.Role;
        code = (code * 3) + UpToTwo(_highest.Value - _ends[index].CurrentTerm.Value);
        code = (code * 2) + (voted ? 1 : 0);
        code = (code * 3) + LogRelation(view, index);
        code = (code * 3) + (running ? UpToTwo(_committed - server.CommitIndex) : 0);
        return (code * 2) + (_ends[index].Snapshot > LogIndex.Zero ? 1 : 0);
    }

    // Returns 0 for a log that equals the best one, 1 for a part of it as far as is known, and 2 for one in conflict with it.
    private int LogRelation(ClusterView view, int index)
    {
        ref readonly End end = ref _ends[index];
        if (end.Last == _best.Last && end.LastTerm == _best.LastTerm)
        {
            return 0;
        }

        if (end.Last < _best.Snapshot)
        {
            return 1;
        }

        for (int i = 0; i < _ends.Length; i++)
        {
            if (_ends[i] with { CurrentTerm = default } == _best)
            {
                return LogOf(view[new ServerId(i + 1)]).TryTermAt(end.Last, out Term term) && term == end.LastTerm ? 1 : 2;
            }
        }

        return 2;
    }

    private static int UpToTwo(long distance) => (int)Math.Clamp(distance, 0, 2);

    private static LogView LogOf(ServerView server) => server.IsRunning ? server.Log : server.Disk.Log;

    private static Term TermOf(ServerView server) => server.IsRunning ? server.Term : server.Disk.Term;

    /// <summary>The end and the beginning of a log, and the term of its server.</summary>
    private readonly record struct End(LogIndex Last, Term LastTerm, LogIndex Snapshot, Term CurrentTerm)
    {
        public static End Of(LogView log)
        {
            log.TryTermAt(log.LastIndex, out Term term);
            return new End(log.LastIndex, term, log.SnapshotIndex, default);
        }

        // Among logs with the same end, the one with the lowest snapshot is better.
        public bool IsBetterThan(in End other) =>
            LastTerm != other.LastTerm ? LastTerm > other.LastTerm
            : Last != other.Last ? Last > other.Last
            : Snapshot < other.Snapshot;
    }
}

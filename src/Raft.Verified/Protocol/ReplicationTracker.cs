namespace Raft.Verified.Protocol;

/// <summary>
/// A leader's knowledge of its followers (paper, Figure 2, "volatile state on leaders"), and what a quorum has reached by it. Knows who the servers are and how
/// they are counted; when to ask, and what follows from the answers, is the core's business. Empty while the server does not lead.
/// </summary>
/// <param name="options">The protocol's settings, for the servers of the cluster.</param>
internal sealed class ReplicationTracker(RaftCoreOptions options)
{
    // By the servers' places in the cluster. What is null in a leader's is the leader itself.
    private readonly FollowerProgress?[] _progress = new FollowerProgress?[options.Servers.Count];
    private readonly LogIndex[] _matchScratch = new LogIndex[options.Servers.Count];
    private readonly ReadRound[] _roundScratch = new ReadRound[options.Servers.Count];

    /// <summary>All followers, by their places in the cluster; null in the leader's own place, and everywhere while the server does not lead.</summary>
    public ReadOnlySpan<FollowerProgress?> Followers => _progress;

    /// <summary>The follower in a place of the cluster, likewise.</summary>
    public FollowerProgress? this[int slot] => _progress[slot];

    /// <summary>The server has been elected: of its followers it knows nothing yet.</summary>
    /// <param name="nextIndex">The leader's last index + 1.</param>
    public void Begin(LogIndex nextIndex)
    {
        for (int i = 0; i < _progress.Length; i++)
        {
            ServerId server = options.Servers[i];
            _progress[i] = server == options.Id ? null : new FollowerProgress(server, nextIndex);
        }
    }

    /// <summary>The server does not lead any more.</summary>
    public void End() => Array.Clear(_progress);

    /// <summary>The highest entry that a quorum holds durably (section 5.3).</summary>
    /// <param name="own">The highest entry that the leader's own disk holds: it counts like any other, and not before the entry is on it.</param>
    public LogIndex HighestMatched(LogIndex own)
    {
        for (int i = 0; i < _progress.Length; i++)
        {
            _matchScratch[i] = _progress[i]?.MatchIndex ?? own;
        }

        return Quorum.HighestReachedByMajority<LogIndex>(_matchScratch);
    }

    /// <summary>The newest round of reads in which a quorum has recognised the leader (thesis, section 6.4).</summary>
    /// <param name="own">The newest round that the leader has begun: it recognises itself.</param>
    public ReadRound HighestConfirmedRound(ReadRound own)
    {
        for (int i = 0; i < _progress.Length; i++)
        {
            _roundScratch[i] = _progress[i]?.ConfirmedRound ?? own;
        }

        return Quorum.HighestReachedByMajority<ReadRound>(_roundScratch);
    }

    /// <summary>Takes over what was captured of the followers.</summary>
    public void Restore(IReadOnlyList<FollowerState> followers)
    {
        foreach (FollowerState follower in followers)
        {
            _progress[options.SlotOf(follower.Server)] = FollowerProgress.Restore(follower);
        }
    }

    /// <summary>The followers as values, by their places in the cluster.</summary>
    public FollowerState[] Capture() => [.. _progress.OfType<FollowerProgress>().Select(follower => follower.Capture())];
}

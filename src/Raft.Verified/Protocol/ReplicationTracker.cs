namespace Raft.Verified.Protocol;

/// <summary>
/// A leader's knowledge of its followers (paper, Figure 2, "volatile state on leaders"), from which it computes the
/// progress of a quorum. The tracker knows the servers and how to count them. The core decides when to ask, and acts on
/// the answers. The tracker is empty while the server does not lead.
/// </summary>
/// <param name="options">The protocol's settings, for the servers of the cluster.</param>
internal sealed class ReplicationTracker(RaftCoreOptions options)
{
    // Indexed by the servers' positions in the cluster. While leading, only the leader's own element is null.
    private readonly FollowerProgress?[] _progress = new FollowerProgress?[options.Servers.Count];
    private readonly LogIndex[] _matchScratch = new LogIndex[options.Servers.Count];
    private readonly ReadRound[] _roundScratch = new ReadRound[options.Servers.Count];

    /// <summary>
    /// The followers by their positions in the cluster; null at the leader's own position, and everywhere while the
    /// server does not lead.
    /// </summary>
    public ReadOnlySpan<FollowerProgress?> Followers => _progress;

    /// <summary>
    /// The follower at a position in the cluster; null at the leader's own position, and while the server does not
    /// lead.
    /// </summary>
    public FollowerProgress? this[int slot] => _progress[slot];

    /// <summary>Starts a term as leader, in which nothing is known about the followers yet.</summary>
    /// <param name="nextIndex">The leader's last index + 1.</param>
    public void Begin(LogIndex nextIndex)
    {
        for (int i = 0; i < _progress.Length; i++)
        {
            ServerId server = options.Servers[i];
            _progress[i] = server == options.Id ? null : new FollowerProgress(server, nextIndex);
        }
    }

    /// <summary>Discards all knowledge when the server stops leading.</summary>
    public void End() => Array.Clear(_progress);

    /// <summary>Returns the highest entry that a quorum holds durably (section 5.3).</summary>
    /// <param name="own">The highest entry that the leader's own disk holds, which counts like any other disk.</param>
    public LogIndex HighestMatched(LogIndex own)
    {
        for (int i = 0; i < _progress.Length; i++)
        {
            _matchScratch[i] = _progress[i]?.MatchIndex ?? own;
        }

        return Quorum.HighestReachedByMajority<LogIndex>(_matchScratch);
    }

    /// <summary>
    /// Returns the newest round of reads in which a quorum has recognised the leader (thesis, section 6.4).
    /// </summary>
    /// <param name="own">The newest round that the leader has begun, because the leader recognises itself.</param>
    public ReadRound HighestConfirmedRound(ReadRound own)
    {
        for (int i = 0; i < _progress.Length; i++)
        {
            _roundScratch[i] = _progress[i]?.ConfirmedRound ?? own;
        }

        return Quorum.HighestReachedByMajority<ReadRound>(_roundScratch);
    }

    /// <summary>Restores the captured state of the followers.</summary>
    public void Restore(IReadOnlyList<FollowerState> followers)
    {
        foreach (FollowerState follower in followers)
        {
            _progress[options.SlotOf(follower.Server)] = FollowerProgress.Restore(follower);
        }
    }

    /// <summary>Returns the followers as values, ordered by their positions in the cluster.</summary>
    public FollowerState[] Capture() => [.. _progress.OfType<FollowerProgress>().Select(follower => follower.Capture())];
}

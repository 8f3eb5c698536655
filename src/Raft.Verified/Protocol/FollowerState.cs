namespace Raft.Verified.Protocol;

/// <summary>The knowledge of a leader about one follower (see <see cref="FollowerProgress"/>), as a value in normal form.</summary>
/// <param name="Server">The follower.</param>
/// <param name="NextIndex">See <see cref="FollowerProgress.NextIndex"/>.</param>
/// <param name="MatchIndex">See <see cref="FollowerProgress.MatchIndex"/>.</param>
/// <param name="ConfirmedRound">See <see cref="FollowerProgress.ConfirmedRound"/>.</param>
/// <param name="Mode">See <see cref="FollowerProgress.Mode"/>.</param>
/// <param name="ProbeSent">See <see cref="FollowerProgress.ProbeSent"/>.</param>
/// <param name="ProbeEnd">See <see cref="FollowerProgress.ProbeEnd"/>; 0 when no probe is on its way.</param>
/// <param name="Snapshot">See <see cref="FollowerProgress.Snapshot"/>.</param>
/// <param name="SnapshotOffset">See <see cref="FollowerProgress.SnapshotOffset"/>.</param>
public sealed record FollowerState(
    ServerId Server, LogIndex NextIndex, LogIndex MatchIndex, ReadRound ConfirmedRound, ReplicationMode Mode, bool ProbeSent, LogIndex ProbeEnd,
    Snapshot? Snapshot, int SnapshotOffset)
{
    internal void WriteTo(StateWriter writer)
    {
        writer.Number(Server.Value);
        writer.Number(NextIndex.Value);
        writer.Number(MatchIndex.Value);
        writer.Number(ConfirmedRound.Value);
        writer.Number((int)Mode);
        writer.Flag(ProbeSent);
        writer.Number(ProbeEnd.Value);
        writer.Snapshot(Snapshot);
        writer.Number(SnapshotOffset);
    }
}

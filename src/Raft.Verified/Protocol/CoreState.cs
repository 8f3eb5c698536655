namespace Raft.Verified.Protocol;

/// <summary>
/// The complete state of a <see cref="RaftCore"/> between inputs, as a value in normal form: two cores that behave
/// alike have equal states. Numbers of writes are relative to the last completed write, and votes are sorted. Fields
/// without a meaning in the current role have their initial value.
/// </summary>
/// <remarks>
/// States are equal when their content is. A state is immutable: its arrays are never changed after its creation.
/// </remarks>
public sealed record CoreState
{
    /// <summary>See <see cref="RaftCore.CurrentTerm"/>.</summary>
    public required Term CurrentTerm { get; init; }

    /// <summary>See <see cref="RaftCore.VotedFor"/>.</summary>
    public required ServerId VotedFor { get; init; }

    /// <summary>See <see cref="RaftCore.Role"/>.</summary>
    public required Role Role { get; init; }

    /// <summary>See <see cref="RaftCore.LeaderId"/>.</summary>
    public required ServerId LeaderId { get; init; }

    /// <summary>See <see cref="RaftCore.Snapshot"/>; null for none.</summary>
    public required Snapshot? Snapshot { get; init; }

    /// <summary>The entries behind the snapshot, in order.</summary>
    public required IReadOnlyList<LogEntry> Entries { get; init; }

    /// <summary>See <see cref="RaftCore.CommitIndex"/>.</summary>
    public required LogIndex CommitIndex { get; init; }

    /// <summary>See <see cref="RaftCore.LastApplied"/>.</summary>
    public required LogIndex LastApplied { get; init; }

    /// <summary>
    /// The servers that have voted for this candidate, ordered by number; empty when it is no candidate.
    /// </summary>
    public required IReadOnlyList<ServerId> Votes { get; init; }

    /// <summary>
    /// The leader's knowledge of each other server, in the order of the cluster's servers; empty when it does not lead.
    /// </summary>
    public required IReadOnlyList<FollowerState> Followers { get; init; }

    /// <summary>The leader's newest round of reads; 0 when it does not lead.</summary>
    public required ReadRound Round { get; init; }

    /// <summary>
    /// The index of the first entry of the leader's term, present or expected; 0 when it does not lead.
    /// </summary>
    public required LogIndex TermStart { get; init; }

    /// <summary>The reads that wait at the leader, oldest first; empty when it does not lead.</summary>
    public required IReadOnlyList<ReadState> Reads { get; init; }

    /// <summary>The snapshot that is arriving in chunks; null for none.</summary>
    public required IncomingState? Incoming { get; init; }

    /// <summary>See <see cref="RaftCore.DurableIndex"/>.</summary>
    public required LogIndex DurableIndex { get; init; }

    /// <summary>The last entry that each pending write makes durable, in the order of the writes.</summary>
    public required IReadOnlyList<LogIndex> PendingWrites { get; init; }

    /// <summary>
    /// The position in <see cref="PendingWrites"/>, counted from 1, of the newest write with a term and a vote; 0 when
    /// there is none.
    /// </summary>
    public required int TermAndVoteWrite { get; init; }

    /// <inheritdoc />
    public bool Equals(CoreState? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(ToBytes());
        return hash.ToHashCode();
    }

    /// <summary>The state as bytes: equal exactly for equal states.</summary>
    public byte[] ToBytes()
    {
        StateWriter writer = new();
        WriteTo(writer);
        return writer.ToArray();
    }

    /// <summary>Appends the state to the writer, in the form of <see cref="ToBytes"/>.</summary>
    /// <param name="writer">The writer that takes it.</param>
    public void WriteTo(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Number(CurrentTerm.Value);
        writer.Number(VotedFor.Value);
        writer.Number((int)Role);
        writer.Number(LeaderId.Value);
        writer.Snapshot(Snapshot);
        writer.Entries(Entries);
        writer.Number(CommitIndex.Value);
        writer.Number(LastApplied.Value);
        writer.Number(Votes.Count);
        foreach (ServerId voter in Votes)
        {
            writer.Number(voter.Value);
        }

        writer.Number(Followers.Count);
        foreach (FollowerState follower in Followers)
        {
            follower.WriteTo(writer);
        }

        writer.Number(Round.Value);
        writer.Number(TermStart.Value);
        writer.Number(Reads.Count);
        foreach (ReadState read in Reads)
        {
            writer.Number(read.Index.Value);
            writer.Number(read.Round.Value);
        }

        writer.Flag(Incoming is not null);
        Incoming?.WriteTo(writer);
        writer.Number(DurableIndex.Value);
        writer.Number(PendingWrites.Count);
        foreach (LogIndex last in PendingWrites)
        {
            writer.Number(last.Value);
        }

        writer.Number(TermAndVoteWrite);
    }
}

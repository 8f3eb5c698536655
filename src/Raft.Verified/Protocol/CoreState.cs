namespace Raft.Verified.Protocol;

/// <summary>
/// Everything in a <see cref="RaftCore"/> that decides what its next input does, as a value in normal form: two cores that behave alike have equal states.
/// Numbers of writes are relative to the last completed one, votes are sorted, and fields that mean nothing in a role have their initial value.
/// </summary>
/// <remarks>Equal by content. Immutable: the arrays are never changed after they were given to it.</remarks>
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

    /// <summary>As a candidate: who has voted for it, in the order of their numbers; otherwise empty.</summary>
    public required IReadOnlyList<ServerId> Votes { get; init; }

    /// <summary>As a leader: what it knows of each other server, in the order of the cluster's servers; otherwise empty.</summary>
    public required IReadOnlyList<FollowerState> Followers { get; init; }

    /// <summary>As a leader: the newest round of reads; otherwise 0.</summary>
    public required ReadRound Round { get; init; }

    /// <summary>As a leader: the first entry of its term, or where that will be; otherwise 0.</summary>
    public required LogIndex TermStart { get; init; }

    /// <summary>As a leader: the reads that wait, oldest first; otherwise empty.</summary>
    public required IReadOnlyList<ReadState> Reads { get; init; }

    /// <summary>The snapshot that is arriving in chunks; null for none.</summary>
    public required IncomingState? Incoming { get; init; }

    /// <summary>See <see cref="RaftCore.DurableIndex"/>.</summary>
    public required LogIndex DurableIndex { get; init; }

    /// <summary>Of each write on its way to the disk, in order: the last entry that will be durable with it.</summary>
    public required IReadOnlyList<LogIndex> PendingWrites { get; init; }

    /// <summary>Which of <see cref="PendingWrites"/>, counted from 1, is the newest that has a term and a vote; 0 when none does.</summary>
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

    /// <summary>Writes the state, as <see cref="ToBytes"/> has it, behind what else was written.</summary>
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

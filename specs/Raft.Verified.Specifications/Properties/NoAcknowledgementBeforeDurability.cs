using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that a server sends no statement that a crash could make untrue.</summary>
public sealed class NoAcknowledgementBeforeDurability : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(NoAcknowledgementBeforeDurability);

    /// <inheritdoc />
    public override string Source => "paper, Figure 2 (\"updated on stable storage before responding to RPCs\"); thesis, section 3.8";

    /// <inheritdoc />
    public override string Statement =>
        "When a server sends a message, its disk holds the message's term, and the vote, entries or snapshot "
            + "that the message gives or acknowledges.";

    /// <inheritdoc />
    public override string TlaName => "NoAcknowledgementBeforeDurability";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.MessageSent];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        Message message = e.Message;
        DiskView disk = view[message.From].Disk;
        if (disk.Term < message.Term)
        {
            return $"{message.From} sends \"{message}\" to {message.To}, but its disk is still in term {disk.Term}";
        }

        return message switch
        {
            AppendEntriesReply { Success: true } reply => CheckEntries(reply, disk, view),
            RequestVote request => CheckVote(request, request.Term, request.From, disk),
            RequestVoteReply { VoteGranted: true } reply => CheckVote(reply, reply.RequestTerm, reply.To, disk),
            InstallSnapshotReply { Installed: true } reply => disk.Log.LastIndex >= reply.LastIncludedIndex
                ? null
                : $"{reply.From} tells {reply.To} that it has the snapshot through {reply.LastIncludedIndex}, but its disk ends at {disk.Log.LastIndex}",
            _ => null,
        };
    }

    private static string? CheckVote(Message message, Term term, ServerId candidate, DiskView disk) =>
        disk.Term > term || (disk.Term == term && disk.VotedFor == candidate)
            ? null
            : $"{message.From} sends \"{message}\", a vote of term {term} for {candidate}, to {message.To}, but its disk holds term {disk.Term} "
                + $"with a vote for {(disk.VotedFor.IsNone ? "nobody" : disk.VotedFor)}";

    // Once the disk has a newer term, that term's leader may have replaced the entries. An older acknowledgement that
    // is still in a queue was true when it was made, and its leader has been deposed.
    private static string? CheckEntries(AppendEntriesReply reply, DiskView disk, ClusterView view)
    {
        if (disk.Term > reply.Term)
        {
            return null;
        }

        LogIndex match = reply.MatchIndex;
        if (disk.Log.LastIndex < match)
        {
            return $"{reply.From} acknowledges entries through {match} to {reply.To}, but its disk ends at {disk.Log.LastIndex}";
        }

        ServerId id = view.LeaderOf(reply.RequestTerm);
        if (id.IsNone || match <= disk.Log.SnapshotIndex)
        {
            return null;
        }

        ServerView leader = view[id];
        return leader.Role == Role.Leader && leader.Term == reply.RequestTerm
            && leader.Log[match] is { } entry && disk.Log[match] is { } held && held.Term != entry.Term
            ? $"{reply.From} acknowledges entries through {match} to {reply.To}, leader of term {reply.RequestTerm} with entry {entry}, "
                + $"but its disk has {held}"
            : null;
    }
}

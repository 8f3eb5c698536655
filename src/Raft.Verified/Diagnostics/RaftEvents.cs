using Raft.Verified.Server;

namespace Raft.Verified.Protocol;

/// <summary>
/// Builds the events of a server, one method per kind. The first parameters are the server, its current term and, where the protocol core emits the event, its
/// role. The events that no server emits are built by whoever stands for its environment.
/// </summary>
public static class RaftEvents
{
    /// <summary>Builds <see cref="RaftEventKind.Started"/>: the log ends at <paramref name="lastIndex"/>, and the term's vote is <paramref name="votedFor"/>'s.</summary>
    public static RaftEvent Started(ServerId server, Term term, Role role, LogIndex lastIndex, ServerId votedFor, DurableState durable) =>
        new() { Kind = RaftEventKind.Started, Server = server, Term = term, Role = role, Index = lastIndex, Peer = votedFor, Subject = durable };

    /// <summary>Builds <see cref="RaftEventKind.TermAdvanced"/>: the term was <paramref name="before"/>.</summary>
    public static RaftEvent TermAdvanced(ServerId server, Term term, Role role, Term before) =>
        new() { Kind = RaftEventKind.TermAdvanced, Server = server, Term = term, Role = role, OtherTerm = before };

    /// <summary>Builds <see cref="RaftEventKind.RoleChanged"/>: <paramref name="role"/> is the new one.</summary>
    public static RaftEvent RoleChanged(ServerId server, Term term, Role role) =>
        new() { Kind = RaftEventKind.RoleChanged, Server = server, Term = term, Role = role };

    /// <summary>Builds <see cref="RaftEventKind.Voted"/>: the vote went to <paramref name="candidate"/>, possibly the server itself.</summary>
    public static RaftEvent Voted(ServerId server, Term term, Role role, ServerId candidate) =>
        new() { Kind = RaftEventKind.Voted, Server = server, Term = term, Role = role, Peer = candidate };

    /// <summary>Builds <see cref="RaftEventKind.EntryAppended"/>.</summary>
    public static RaftEvent EntryAppended(ServerId server, Term term, Role role, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new() { Kind = RaftEventKind.EntryAppended, Server = server, Term = term, Role = role, Index = entry.Index, OtherTerm = entry.Term, Subject = entry };
    }

    /// <summary>
    /// Builds <see cref="RaftEventKind.LogTruncated"/>: entries from <paramref name="from"/> on are gone, and the log ends at <paramref name="lastIndex"/>.
    /// </summary>
    public static RaftEvent LogTruncated(ServerId server, Term term, Role role, LogIndex from, LogIndex lastIndex) =>
        new() { Kind = RaftEventKind.LogTruncated, Server = server, Term = term, Role = role, Index = from, OtherIndex = lastIndex };

    /// <summary>Builds <see cref="RaftEventKind.CommitAdvanced"/>: the commit index went from <paramref name="before"/> to <paramref name="index"/>.</summary>
    public static RaftEvent CommitAdvanced(ServerId server, Term term, Role role, LogIndex index, LogIndex before) =>
        new() { Kind = RaftEventKind.CommitAdvanced, Server = server, Term = term, Role = role, Index = index, OtherIndex = before };

    /// <summary>Builds <see cref="RaftEventKind.LogCompacted"/>: the log ends at <paramref name="lastIndex"/>.</summary>
    public static RaftEvent LogCompacted(ServerId server, Term term, Role role, Snapshot snapshot, LogIndex lastIndex) =>
        OfSnapshot(RaftEventKind.LogCompacted, server, term, role, snapshot, lastIndex);

    /// <summary>Builds <see cref="RaftEventKind.SnapshotInstalled"/>: the log ends at <paramref name="lastIndex"/>.</summary>
    public static RaftEvent SnapshotInstalled(ServerId server, Term term, Role role, Snapshot snapshot, LogIndex lastIndex) =>
        OfSnapshot(RaftEventKind.SnapshotInstalled, server, term, role, snapshot, lastIndex);

    /// <summary>Builds <see cref="RaftEventKind.MessageSent"/>, an event of the sender; its term is the message's.</summary>
    public static RaftEvent MessageSent(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new() { Kind = RaftEventKind.MessageSent, Server = message.From, Term = message.Term, Peer = message.To, Subject = message };
    }

    /// <summary>Builds <see cref="RaftEventKind.SendFailed"/>, an event of the sender; its term is the message's.</summary>
    public static RaftEvent SendFailed(Message message, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new() { Kind = RaftEventKind.SendFailed, Server = message.From, Term = message.Term, Peer = message.To, Subject = exception };
    }

    /// <summary>Builds <see cref="RaftEventKind.MessageReceived"/>.</summary>
    public static RaftEvent MessageReceived(ServerId server, Term term, Role role, Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new() { Kind = RaftEventKind.MessageReceived, Server = server, Term = term, Role = role, Peer = message.From, Subject = message };
    }

    /// <summary>Builds <see cref="RaftEventKind.MessageRefused"/>.</summary>
    public static RaftEvent MessageRefused(ServerId server, Term term, Role role, MessageRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new() { Kind = RaftEventKind.MessageRefused, Server = server, Term = term, Role = role, Peer = refusal.Message.From, Subject = refusal };
    }

    /// <summary>Builds <see cref="RaftEventKind.ElectionTimerReset"/>.</summary>
    public static RaftEvent ElectionTimerReset(ServerId server, Term term, Role role) =>
        new() { Kind = RaftEventKind.ElectionTimerReset, Server = server, Term = term, Role = role };

    /// <summary>Builds <see cref="RaftEventKind.Applied"/>: <paramref name="answer"/> is ignored when the entry is no command.</summary>
    public static RaftEvent Applied(ServerId server, Term term, LogEntry entry, ReadOnlyMemory<byte> answer)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new()
        {
            Kind = RaftEventKind.Applied,
            Server = server,
            Term = term,
            Index = entry.Index,
            OtherTerm = entry.Term,
            Subject = entry,
            Answer = entry.Kind == EntryKind.Command ? answer : default(ReadOnlyMemory<byte>?),
        };
    }

    /// <summary>Builds <see cref="RaftEventKind.Restored"/>.</summary>
    public static RaftEvent Restored(ServerId server, Term term, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new()
        {
            Kind = RaftEventKind.Restored,
            Server = server,
            Term = term,
            Index = snapshot.LastIncludedIndex,
            OtherTerm = snapshot.LastIncludedTerm,
            Subject = snapshot,
        };
    }

    /// <summary>Builds <see cref="RaftEventKind.ProposalCompleted"/>; its term is the proposal's.</summary>
    public static RaftEvent ProposalCompleted(ServerId server, ProposalResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new()
        {
            Kind = RaftEventKind.ProposalCompleted,
            Server = server,
            Term = result.Term,
            Index = result.Index,
            OtherTerm = result.Term,
            Subject = result,
        };
    }

    /// <summary>Builds <see cref="RaftEventKind.ProposalRefused"/>: <paramref name="term"/> is that of the proposal's entry, 0 when none was made.</summary>
    public static RaftEvent ProposalRefused(ServerId server, Term term, ProposalRefusedException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new() { Kind = RaftEventKind.ProposalRefused, Server = server, Term = term, Index = refusal.Index, OtherTerm = term, Subject = refusal };
    }

    /// <summary>Builds <see cref="RaftEventKind.ReadTaken"/>.</summary>
    public static RaftEvent ReadTaken(ServerId server, Term term, Role role, ReadRequest read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new() { Kind = RaftEventKind.ReadTaken, Server = server, Term = term, Role = role, Index = read.Index, Subject = read };
    }

    /// <summary>Builds <see cref="RaftEventKind.ReadServed"/>: the state machine has applied the entries up to <paramref name="applied"/>.</summary>
    public static RaftEvent ReadServed(ServerId server, Term term, LogIndex applied, ReadRequest read) =>
        new() { Kind = RaftEventKind.ReadServed, Server = server, Term = term, Index = applied, Subject = read };

    /// <summary>Builds <see cref="RaftEventKind.ReadRefused"/>.</summary>
    public static RaftEvent ReadRefused(ServerId server, Term term, ReadRefusedException refusal) =>
        new() { Kind = RaftEventKind.ReadRefused, Server = server, Term = term, Subject = refusal };

    /// <summary>Builds <see cref="RaftEventKind.DiskTermAndVote"/>.</summary>
    public static RaftEvent DiskTermAndVote(ServerId server, Term term, ServerId votedFor) =>
        new() { Kind = RaftEventKind.DiskTermAndVote, Server = server, Term = term, OtherTerm = term, Peer = votedFor };

    /// <summary>Builds <see cref="RaftEventKind.DiskSnapshot"/>: the log on disk ends at <paramref name="lastIndex"/>. <paramref name="term"/> is the term on disk.</summary>
    public static RaftEvent DiskSnapshot(ServerId server, Term term, Snapshot snapshot, LogIndex lastIndex) =>
        OfSnapshot(RaftEventKind.DiskSnapshot, server, term, Role.Follower, snapshot, lastIndex);

    /// <summary>
    /// Builds <see cref="RaftEventKind.DiskTruncated"/>: entries from <paramref name="from"/> on are gone, and the log on disk ends at
    /// <paramref name="lastIndex"/>. <paramref name="term"/> is the term on disk.
    /// </summary>
    public static RaftEvent DiskTruncated(ServerId server, Term term, LogIndex from, LogIndex lastIndex) =>
        new() { Kind = RaftEventKind.DiskTruncated, Server = server, Term = term, Index = from, OtherIndex = lastIndex };

    /// <summary>Builds <see cref="RaftEventKind.DiskAppended"/>. <paramref name="term"/> is the term on disk.</summary>
    public static RaftEvent DiskAppended(ServerId server, Term term, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new() { Kind = RaftEventKind.DiskAppended, Server = server, Term = term, Index = entry.Index, OtherTerm = entry.Term, Subject = entry };
    }

    /// <summary>Builds <see cref="RaftEventKind.Stopped"/>.</summary>
    public static RaftEvent Stopped(ServerId server, Term term) => new() { Kind = RaftEventKind.Stopped, Server = server, Term = term };

    /// <summary>Builds <see cref="RaftEventKind.Faulted"/>.</summary>
    public static RaftEvent Faulted(ServerId server, Term term, Exception exception) =>
        new() { Kind = RaftEventKind.Faulted, Server = server, Term = term, Subject = exception };

    private static RaftEvent OfSnapshot(RaftEventKind kind, ServerId server, Term term, Role role, Snapshot snapshot, LogIndex lastIndex)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new()
        {
            Kind = kind,
            Server = server,
            Term = term,
            Role = role,
            Index = snapshot.LastIncludedIndex,
            OtherTerm = snapshot.LastIncludedTerm,
            OtherIndex = lastIndex,
            Subject = snapshot,
        };
    }
}

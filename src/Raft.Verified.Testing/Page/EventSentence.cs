using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Log;

namespace Raft.Verified.Testing.Page;

/// <summary>The description of an event: a short label for the diagram, and a sentence.</summary>
internal static class EventSentence
{
    /// <summary>Returns the label and the sentence of an event.</summary>
    /// <param name="traced">The recorded event.</param>
    public static (string Label, string Sentence) Of(in TracedEvent traced)
    {
        RaftEvent e = traced.Event;
        return traced.Timer is { } timer ? (timer, $"the {timer} of {e.Server} fires") : Of(in e);
    }

    private static (string Label, string Sentence) Of(in RaftEvent e) => e.Kind switch
    {
        RaftEventKind.Started => ($"starts in t{e.Term}", $"{e.Server} starts from its disk in term {e.Term}, {Vote(e.Peer)}, with entries through {e.Index}"),
        RaftEventKind.TermAdvanced => ($"term {e.Term}", $"{e.Server} advances from term {e.OtherTerm} to term {e.Term}"),
        RaftEventKind.RoleChanged => (
            e.Role == Role.Follower ? "follower" : $"{e.Role.ToString().ToUpperInvariant()} of t{e.Term}",
            $"{e.Server} becomes {e.Role.ToString().ToLowerInvariant()} in term {e.Term}"),
        RaftEventKind.Voted => ($"votes {Self(e.Peer, e.Server)}", $"{e.Server} votes for {Self(e.Peer, e.Server)} in term {e.Term}"),
        RaftEventKind.EntryAppended => ($"+ {e.Index}/{e.OtherTerm}", $"{e.Server} appends {Entry(in e)} to its log in memory"),
        RaftEventKind.LogTruncated => ($"deletes from {e.Index}", $"{e.Server} deletes its entries from {e.Index} on"),
        RaftEventKind.CommitAdvanced => ($"commit {e.Index}", $"{e.Server} advances its commit index from {e.OtherIndex} to {e.Index}"),
        RaftEventKind.Applied => ($"apply {e.Index}/{e.OtherTerm}", $"{e.Server} applies {Entry(in e)}"),
        RaftEventKind.LogCompacted => ($"compact to {e.Index}", $"{e.Server} replaces its log through {e.Index} by a snapshot"),
        RaftEventKind.SnapshotInstalled => ($"install to {e.Index}", $"{e.Server} installs its leader's snapshot through {e.Index}; its log then ends at {e.OtherIndex}"),
        RaftEventKind.Restored => ($"restore {e.Index}", $"{e.Server} sets its state machine to the snapshot through {e.Index}"),
        RaftEventKind.MessageSent => ($"→{e.Peer} {Short(in e)}", $"{e.Server} sends to {e.Peer}: {e.Subject}"),
        RaftEventKind.MessageReceived => ($"←{e.Peer} {Short(in e)}", $"{e.Server} receives from {e.Peer}: {e.Subject}"),
        RaftEventKind.MessageLost => ($"→{e.Peer} lost: {Short(in e)}", $"the network loses a message from {e.Server} to {e.Peer}: {e.Subject}"),
        RaftEventKind.MessageDuplicated => ($"→{e.Peer} twice: {Short(in e)}", $"the network duplicates a message from {e.Server} to {e.Peer}: {e.Subject}"),
        RaftEventKind.SendFailed => ($"→{e.Peer} fails", $"{e.Server} cannot send to {e.Peer}: {Failure(in e)}"),
        RaftEventKind.ClientCalled => Call(in e),
        RaftEventKind.ClientAnswered => ($"{e.Subject}", $"the client gets its answer: {e.Subject}"),
        RaftEventKind.ProposalCompleted => ($"answers {e.Index}/{e.OtherTerm}", $"{e.Server} answers its client from entry {e.Index} of term {e.OtherTerm}"),
        RaftEventKind.ProposalRefused => ("refuses", $"{e.Server}: {Failure(in e)}{(e.Index > LogIndex.Zero ? $" (entry {e.Index} of term {e.OtherTerm})" : "")}"),
        RaftEventKind.ReadTaken => ($"read at {e.Index}", $"{e.Server} takes a read, which must see {e.Index}"),
        RaftEventKind.ReadServed => ($"read served at {e.Index}", $"{e.Server} serves a read from the state after {e.Index}"),
        RaftEventKind.ReadRefused => ("read refused", $"{e.Server}: {Failure(in e)}"),
        RaftEventKind.DiskTermAndVote => ($"disk: t{e.OtherTerm}{(e.Peer.IsNone ? "" : $" vote {e.Peer}")}", $"the disk of {e.Server} now holds term {e.OtherTerm}, {Vote(e.Peer)}"),
        RaftEventKind.DiskSnapshot => ($"disk: snapshot {e.Index}", $"the disk of {e.Server} now holds a snapshot through {e.Index}, and entries through {e.OtherIndex}"),
        RaftEventKind.DiskTruncated => ($"disk: cut from {e.Index}", $"the disk of {e.Server} no longer holds entries from {e.Index} on"),
        RaftEventKind.DiskAppended => ($"disk: + {e.Index}/{e.OtherTerm}", $"the disk of {e.Server} now holds {Entry(in e)}"),
        RaftEventKind.Crashed => ("CRASHES", $"{e.Server} crashes and loses what its disk had not flushed"),
        RaftEventKind.Stopped => ("stops", $"{e.Server} shuts down gracefully"),
        RaftEventKind.Faulted => ("FAULT", $"a part of {e.Server} failed: {Failure(in e)}"),
        RaftEventKind.ElectionTimerReset => ("timer reset", $"{e.Server} restarts its election timer"),
        RaftEventKind.MessageRefused => ($"←{e.Peer} refused", $"{e.Server} refuses a message with the sender {e.Peer}: {(e.Subject as MessageRefusal)?.Reason}"),
        RaftEventKind.Environment => ($"{e.Subject}", $"{(e.Server.IsNone ? "" : $"{e.Server}: ")}{e.Subject}"),
        _ => ($"{e.Kind}", $"{e.Server} {e.Kind} {e.Subject}"),
    };

    /// <summary>Returns a message in a few characters.</summary>
    /// <param name="message">The message; null gives an empty text.</param>
    public static string Short(Message? message) => message switch
    {
        RequestVote m => $"vote? {m.LastLogIndex}/{m.LastLogTerm}",
        RequestVoteReply m => m.VoteGranted ? "vote yes" : "vote no",
        AppendEntries { Entries.IsEmpty: true } => "heartbeat",
        AppendEntries m => $"append {LogText.Runs(m.Entries.ToArray())}",
        AppendEntriesReply m => m.Success ? $"has {m.MatchIndex}" : $"refuses {m.PrevLogIndex}",
        InstallSnapshot m => $"snapshot {m.LastIncludedIndex} @{m.Offset}",
        InstallSnapshotReply m => m.Installed ? $"installed {m.LastIncludedIndex}" : $"next @{m.NextOffset}",
        _ => $"{message}",
    };

    private static string Entry(in RaftEvent e) => $"{(e.Subject is LogEntry { Kind: EntryKind.Empty } ? "the empty entry" : "entry")} {e.Index} of term {e.OtherTerm}";

    private static string Short(in RaftEvent e) => Short(e.Subject as Message);

    private static string Self(ServerId candidate, ServerId server) => candidate == server ? "itself" : $"{candidate}";

    private static string Vote(ServerId candidate) => candidate.IsNone ? "no vote" : $"a vote for {candidate}";

    private static string Failure(in RaftEvent e) => e.Subject is Exception exception ? exception.Message : $"{e.Subject}";

    // The object of the operation gets its answer later, so the text of the call uses only its name.
    private static (string Label, string Sentence) Call(in RaftEvent e) => e.Subject is ClientOperation operation
        ? ($"c{operation.Client}#{operation.Sequence} calls", $"client {operation.Client} calls its operation {operation.Sequence}")
        : ($"{e.Subject} calls", $"a client calls {e.Subject}");
}

using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Log;

/// <summary>
/// The text of an event in the readable log. It is short and begins with the important part, because several servers
/// share the width of a line.
/// </summary>
internal static class EventText
{
    /// <summary>Returns the text of an event and its colour.</summary>
    /// <param name="e">The event to describe.</param>
    /// <param name="view">The view of the cluster after the event.</param>
    public static (string Text, Paint Paint) Of(in RaftEvent e, ClusterView view) => e.Kind switch
    {
        RaftEventKind.Started => ($"UP t{e.Term}{Vote(e.Peer)} {Log(e, view)}", Paint.Green),
        RaftEventKind.TermAdvanced => ($"t{e.Term}", Paint.Yellow),
        RaftEventKind.RoleChanged => Role(e),
        RaftEventKind.Voted => ($"t{e.Term}{Vote(e.Peer)}", Paint.Yellow),
        RaftEventKind.EntryAppended => ($"+ {e.Index}/{e.OtherTerm} {Log(e, view)}", Paint.Cyan),
        RaftEventKind.LogTruncated => ($"x from {e.Index} {Log(e, view)}", Paint.Magenta),
        RaftEventKind.CommitAdvanced => ($"commit {e.Index} {Log(e, view)}", Paint.Green),
        RaftEventKind.ElectionTimerReset => ("election timer reset", Paint.Grey),
        RaftEventKind.Applied => ($"apply {e.Index}/{e.OtherTerm}", Paint.None),
        RaftEventKind.LogCompacted => ($"compact {Log(e, view)}", Paint.Blue),
        RaftEventKind.SnapshotInstalled => ($"install {Log(e, view)}", Paint.Blue),
        RaftEventKind.Restored => ($"restore s{e.Index}/{e.OtherTerm}", Paint.Blue),
        RaftEventKind.MessageSent => ($"->{e.Peer} {MessageText(e)}", Paint.Grey),
        RaftEventKind.MessageReceived => ($"<-{e.Peer} {MessageText(e)}", Paint.None),
        RaftEventKind.MessageLost => ($"->{e.Peer} LOST {MessageText(e)}", Paint.Red),
        RaftEventKind.MessageDuplicated => ($"->{e.Peer} TWICE {MessageText(e)}", Paint.Magenta),
        RaftEventKind.SendFailed => ($"->{e.Peer} FAILED {Failure(e)}", Paint.Red),
        RaftEventKind.ClientCalled => ($"{e.Subject} called", Paint.Magenta),
        RaftEventKind.ClientAnswered => ($"{e.Subject}", Paint.Magenta),
        RaftEventKind.ProposalCompleted => ($"answer {e.Index}/{e.OtherTerm}", Paint.Magenta),
        RaftEventKind.ProposalRefused => ($"refuse{(e.Index > LogIndex.Zero ? $" {e.Index}/{e.OtherTerm}" : "")}: {Reason(e)}", Paint.Magenta),
        RaftEventKind.DiskTermAndVote => ($"disk t{e.OtherTerm}{Vote(e.Peer)}", Paint.Grey),
        RaftEventKind.DiskSnapshot => ($"disk {DiskLog(e, view)}", Paint.Grey),
        RaftEventKind.DiskTruncated => ($"disk x from {e.Index} {DiskLog(e, view)}", Paint.Grey),
        RaftEventKind.DiskAppended => ($"disk + {e.Index}/{e.OtherTerm} {DiskLog(e, view)}", Paint.Grey),
        RaftEventKind.Crashed => ("CRASH", Paint.Red),
        RaftEventKind.Stopped => ("STOP", Paint.Red),
        RaftEventKind.Faulted => ($"FAULT {Failure(e)}", Paint.Red),
        RaftEventKind.MessageRefused => ($"<-{e.Peer} REFUSED {(e.Subject as MessageRefusal)?.Reason}", Paint.Red),
        RaftEventKind.Environment => ($"{e.Subject}", Paint.Red),
        _ => ($"{e.Kind} {e.Subject}", Paint.None),
    };

    private static (string Text, Paint Paint) Role(in RaftEvent e) => e.Role switch
    {
        Protocol.Role.Leader => ($"t{e.Term} LEADER", Paint.Green),
        Protocol.Role.Candidate => ($"t{e.Term} CANDIDATE", Paint.Yellow),
        _ => ($"t{e.Term} follower", Paint.None),
    };

    private static string Vote(ServerId candidate) => candidate.IsNone ? "" : $" vote {candidate}";

    private static string Log(in RaftEvent e, ClusterView view) => LogText.Of(view[e.Server].Log);

    private static string DiskLog(in RaftEvent e, ClusterView view) => LogText.Of(view[e.Server].Disk.Log);

    private static string Failure(in RaftEvent e) => e.Subject is Exception exception ? $"{exception.GetType().Name}: {exception.Message}" : "";

    private static string Reason(in RaftEvent e) => e.Subject is not ProposalRefusedException refusal ? "" : refusal.Reason switch
    {
        ProposalRefusalReason.NotLeader => refusal.Leader.IsNone ? "not leader" : $"not leader, {refusal.Leader} is",
        ProposalRefusalReason.Superseded => "superseded",
        ProposalRefusalReason.OutcomeUnknown => "outcome unknown",
        _ => "stopped",
    };

    // The text includes the term only when it differs from the server's: an older one, or a newer one that the server
    // has yet to learn of.
    private static string MessageText(in RaftEvent e)
    {
        if (e.Subject is not Message message)
        {
            return "";
        }

        string term = message.Term == e.Term ? "" : $" t{message.Term}";
        return message switch
        {
            RequestVote m => $"Vote?{term} last {m.LastLogIndex}/{m.LastLogTerm}",
            RequestVoteReply m => $"Vote {(m.VoteGranted ? "yes" : "no")}{term}",
            AppendEntries m => $"Append{term} {m.PrevLogIndex}/{m.PrevLogTerm}{Entries(m)} c{m.LeaderCommit}",
            AppendEntriesReply { Success: true } m => $"Append ok{term} {m.MatchIndex}",
            AppendEntriesReply m => $"Append no{term} {m.PrevLogIndex} conflict {m.ConflictIndex}/{m.ConflictTerm} last {m.LastLogIndex}",
            InstallSnapshot m => $"Snap{term} s{m.LastIncludedIndex}/{m.LastIncludedTerm} @{m.Offset}+{m.Data.Length}{(m.Done ? " done" : "")}",
            InstallSnapshotReply { Installed: true } m => $"Snap ok{term} s{m.LastIncludedIndex}",
            InstallSnapshotReply m => $"Snap next{term} @{m.NextOffset} s{m.LastIncludedIndex}",
            _ => $"{message}",
        };
    }

    private static string Entries(AppendEntries message) =>
        message.Entries.IsEmpty ? "" : $" +{LogText.Runs(message.Entries.ToArray())}";
}

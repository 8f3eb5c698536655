using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

/// <summary>The goals of scenarios, which must be reached sometimes. Each goal judges one kind of event.</summary>
internal static partial class Goals
{
    public static Goal LeaderElected { get; } = new("a leader is elected", RaftEventKind.RoleChanged,
        static (in RaftEvent e, ClusterView _) => e.Role == Role.Leader);

    public static Goal SplitVote { get; } = new("an election ends without a leader", RaftEventKind.TermAdvanced,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Role == Role.Candidate && view.LeaderOf(e.OtherTerm).IsNone);

    public static Goal TwoLeaders { get; } = new("two leaders are alive, in different terms", RaftEventKind.RoleChanged,
        static (in RaftEvent e, ClusterView view) => e.Role == Role.Leader && CountLeaders(view) > 0);

    public static Goal LeaderDeposed { get; } = new("a leader learns of a newer term", RaftEventKind.TermAdvanced,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Role == Role.Leader);

    public static Goal LeaderCrashed { get; } = new("a leader crashes", RaftEventKind.Crashed,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Role == Role.Leader);

    public static Goal LeaderStopped { get; } = new("a leader shuts down gracefully", RaftEventKind.Stopped,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Role == Role.Leader);

    public static Goal LogConflict { get; } = new("a follower deletes conflicting entries", RaftEventKind.LogTruncated,
        static (in RaftEvent e, ClusterView _) => true);

    public static Goal LogBackedUpOverTerms { get; } = new("a follower at least two terms behind deletes entries of several terms", RaftEventKind.LogTruncated,
        static (in RaftEvent e, ClusterView view) =>
            view[e.Server].Log.TryTermAt(e.Index, out Term first)
            && view[e.Server].Log.TryTermAt(view[e.Server].Log.LastIndex, out Term last)
            && last > first && e.Term.Value > last.Value + 1);

    public static Goal SnapshotInstalled { get; } = new("a follower installs a snapshot", RaftEventKind.SnapshotInstalled,
        static (in RaftEvent e, ClusterView _) => true);

    public static Goal SnapshotKeptSuffix { get; } = new("entries after an installed snapshot are kept", RaftEventKind.SnapshotInstalled,
        static (in RaftEvent e, ClusterView _) => e.OtherIndex > e.Index);

    public static Goal SnapshotInChunks { get; } = new("a snapshot arrives in several chunks", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView _) => e.Subject is InstallSnapshot { Offset: > 0, Done: true });

    public static Goal StaleSnapshotIgnored { get; } = new("a snapshot older than the commit index arrives", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) =>
            e.Subject is InstallSnapshot snapshot && snapshot.LastIncludedIndex < view[e.Server].CommitIndex);

    public static Goal CrashDuringInstall { get; } = new("a server crashes while a snapshot is being installed", RaftEventKind.Crashed,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Log.SnapshotIndex > view[e.Server].Disk.Log.SnapshotIndex);

    public static Goal InstallCompletedAfterCrash { get; } = new("a restart finds a snapshot whose log was not cut", RaftEventKind.Started,
        static (in RaftEvent e, ClusterView _) =>
            e.Subject is DurableState { Snapshot: { } snapshot, Entries: { Count: > 0 } entries } && entries[0].Index <= snapshot.LastIncludedIndex);

    public static Goal SnapshotAfterConflict { get; } = new("a snapshot replaces a log that conflicts with it", RaftEventKind.SnapshotInstalled,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Log.TryTermAt(e.Index, out Term term) && term != e.OtherTerm);

    public static Goal UnflushedLost { get; } = new("a crash loses entries that were not on disk", RaftEventKind.Crashed,
        static (in RaftEvent e, ClusterView view) => view[e.Server].Log.LastIndex > view[e.Server].Disk.Log.LastIndex);

    public static Goal LateAppend { get; } = new("an append arrives whose entries are all in the log already", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntries { Entries.IsEmpty: false } append
            && append.Term == e.Term && append.LastIndex < view[e.Server].Log.LastIndex);

    public static Goal LongerLogVouchedFor { get; } = new("an empty request matches a log that continues with uncommitted entries of an older term", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntries { Entries.IsEmpty: true } append && append.Term == e.Term
            && view[e.Server].Log.LastIndex > append.LastIndex && view[e.Server].Log.LastIndex > view.MaxCommitted
            && view[e.Server].Log.TryTermAt(append.LastIndex, out Term term) && term == append.PrevLogTerm);

    public static Goal UncomparedEntries { get; } = new("an empty request has a commit index beyond the entries it compares, and the log continues there", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntries { Entries.IsEmpty: true } append && append.Term >= e.Term
            && append.LeaderCommit > append.LastIndex && view[e.Server].Log.LastIndex > append.LastIndex
            && view[e.Server].Log.TryTermAt(append.LastIndex, out Term term) && term == append.PrevLogTerm);

    /// <summary>The remark of a scenario about a refused compaction.</summary>
    public const string CompactionRefusedRemark = "compaction refused";

    public static Goal CompactionRefused { get; } = new("a compaction that is ahead of the state machine is refused", RaftEventKind.Environment,
        static (in RaftEvent e, ClusterView _) => e.Subject is Remark { What: CompactionRefusedRemark });

    public static Goal DuplicateCommand { get; } = new("a command is in the log twice", RaftEventKind.ProposalRefused,
        static (in RaftEvent e, ClusterView _) => e.Index > LogIndex.Zero);

    public static Goal OldTermEntryNotCounted { get; } = new("a majority holds an entry of an older term that must not be counted", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntriesReply { Success: true } reply
            && view[e.Server].Role == Role.Leader && reply.MatchIndex > view[e.Server].CommitIndex
            && view[e.Server].Log.TryTermAt(reply.MatchIndex, out Term term) && term < e.Term);

    public static Goal EntryGivenUp { get; } = ProposalRefused("a proposal replaces one whose entry was deleted", ProposalRefusalReason.OutcomeUnknown);

    public static Goal OlderLogElected { get; } = new("a leader's log ends in an older term than another server's", RaftEventKind.RoleChanged,
        static (in RaftEvent e, ClusterView view) => e.Role == Role.Leader && LastTermOf(view[e.Server]) < NewestLastTerm(view));

    public static Goal LateReply { get; } = new("a leader receives a reply to an append of an earlier term that it led", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntriesReply { Success: true } reply
            && view[e.Server].Role == Role.Leader && reply.RequestTerm < view[e.Server].Term);

    public static Goal LateAcknowledgement { get; } = new("a round of reads is acknowledged to a leader that is not the newest", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntriesReply { Success: true } reply && reply.Round > ReadRound.None
            && view[e.Server].Role == Role.Leader && reply.RequestTerm == e.Term && view.Leader is { } newest && newest.Id != e.Server);

    public static Goal LateSnapshotReply { get; } = new("a leader receives a reply to a snapshot chunk of an earlier term that it led", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is InstallSnapshotReply reply
            && view[e.Server].Role == Role.Leader && reply.RequestTerm < view[e.Server].Term);

    public static Goal PreviousInsideSnapshot { get; } = new("a request's previous entry lies inside its receiver's snapshot", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntries append && append.Term == e.Term && append.PrevLogIndex < view[e.Server].Log.SnapshotIndex);

    public static Goal SecondTransfer { get; } = new("an election begins while a follower has some chunks of a snapshot", RaftEventKind.RoleChanged,
        static (in RaftEvent e, ClusterView view) =>
        {
            ServerId candidate = e.Server;
            return e.Role == Role.Candidate && view.Servers.Any(server => server.InHand is InstallSnapshot { Done: false } chunk && chunk.From != candidate);
        });

    public static Goal Message(string name, Func<Message, bool> test) => new(name, RaftEventKind.MessageReceived,
        (in RaftEvent e, ClusterView _) => test(e.Message));

    public static Goal ProposalRefused(string name, ProposalRefusalReason reason) => new(name, RaftEventKind.ProposalRefused,
        (in RaftEvent e, ClusterView _) => e.Subject is ProposalRefusedException refusal && refusal.Reason == reason);

    private static Term LastTermOf(ServerView server) => server.Log.TryTermAt(server.Log.LastIndex, out Term term) ? term : Term.Zero;

    private static Term NewestLastTerm(ClusterView view)
    {
        Term newest = Term.Zero;
        foreach (ServerView server in view.Servers)
        {
            Term last = LastTermOf(server);
            newest = last > newest ? last : newest;
        }

        return newest;
    }

    /// <summary>
    /// Creates the goal that a server refuses a malformed message of a kind that it would otherwise have processed.
    /// </summary>
    public static Goal Refuses<T>(string name, Role role)
        where T : Message => new(name, RaftEventKind.MessageRefused,
            (in RaftEvent e, ClusterView view) => view[e.Server].Role == role && e.Subject is MessageRefusal { Message: T });

    private static int CountLeaders(ClusterView view)
    {
        int leaders = 0;
        foreach (ServerView server in view.Servers)
        {
            leaders += server.IsRunning && server.Role == Role.Leader ? 1 : 0;
        }

        return leaders;
    }
}

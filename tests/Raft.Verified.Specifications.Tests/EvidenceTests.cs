using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Raft.Verified.Specifications.Evidence;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>For each property, the recorded events that contradict each other. Points are written "server kind", with the index where there is one.</summary>
public sealed class EvidenceTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void Two_leaders_of_one_term_are_shown_with_the_vote_that_both_got() =>
        Shows(
            Script("ElectionSafety").Send(Granted(S3, S1, 4)).Lead(1, term: 4).Append(1, Entry(1, 4)).Send(Granted(S3, S2, 4)).Lead(2, term: 4),
            "S1 RoleChanged", "S3 MessageSent", "S2 RoleChanged");

    [Fact]
    public void Two_leaders_of_one_term_are_shown_with_the_vote_that_was_counted_twice() =>
        Shows(
            Script("ElectionSafety").Lead(1, term: 4).Receive(Granted(S3, S2, 4)).Receive(Granted(S3, S2, 4)).Lead(2, term: 4),
            "S1 RoleChanged", "S2 MessageReceived", "S2 RoleChanged");

    [Fact]
    public void Who_speaks_as_leader_is_shown_with_who_was_elected() =>
        Shows(
            Script("ElectionSafety").Lead(1, term: 4).Lead(2, term: 5).Send(new AppendEntries(S1, S3, new(5), default, default, default, default)),
            "S2 RoleChanged", "S1 MessageSent");

    [Fact]
    public void Two_votes_of_one_term_are_shown_with_the_start_between_them() =>
        Shows(Script("OneVotePerTerm").Send(Granted(S1, S2, 7)).Crash(1).Start(1).Send(Granted(S1, S3, 7)), "S1 MessageSent", "S1 Started", "S1 MessageSent");

    [Fact]
    public void A_vote_on_the_disk_that_was_not_given_is_shown_with_the_one_that_was() =>
        Shows(Script("OneVotePerTerm").Send(Granted(S1, S2, 7)).Crash(1).Start(1, Disk(7, vote: 3)), "S1 MessageSent", "S1 Started");

    [Fact]
    public void A_term_that_falls_is_shown_with_the_newer_one()
    {
        Shows(Script("MonotonicTerm").Term(1, 5).Vote(1, 5, 2).Term(1, 4), "S1 TermAdvanced", "S1 TermAdvanced");
        Shows(Script("MonotonicTerm").WriteTerm(1, 5).WriteTerm(2, 6).WriteTerm(1, 4), "S1 DiskTermAndVote", "S1 DiskTermAndVote");
        Shows(Script("MonotonicTerm").Term(1, 5).WriteTerm(1, 5).Crash(1).Start(1, Disk(4)), "S1 DiskTermAndVote", "S1 Started");
    }

    [Fact]
    public void A_leader_that_deletes_is_shown_with_its_election_and_the_entry() =>
        Shows(
            Script("LeaderAppendOnly").Append(1, Entry(1, 1), Entry(2, 1)).Lead(1, term: 2).Append(1, Entry(3, 2)).Truncate(1, 2),
            "S1 EntryAppended 2", "S1 RoleChanged", "S1 LogTruncated 2");

    [Fact]
    public void Logs_that_differ_in_content_are_shown_with_both_entries() =>
        Shows(Script("LogMatching").Append(1, Entry(1, 1, "a")).Append(2, Entry(1, 1, "b")), "S1 EntryAppended 1", "S2 EntryAppended 1");

    [Fact]
    public void Logs_that_differ_before_an_entry_are_shown_with_what_comes_before_it() =>
        Shows(
            Script("LogMatching").Append(1, Entry(1, 1), Entry(2, 3)).Append(2, Entry(1, 2), Entry(2, 3)),
            "S1 EntryAppended 1", "S1 EntryAppended 2", "S2 EntryAppended 1", "S2 EntryAppended 2");

    [Fact]
    public void A_leader_that_lacks_an_entry_is_shown_with_the_commit_and_a_vote_of_one_that_has_it() =>
        Shows(
            Script("LeaderCompleteness").Lead(1, term: 1).AppendAndWrite(1, Entry(1, 1)).AppendAndWrite(2, Entry(1, 1)).Commit(1, 1).Send(Granted(S2, S3, 2)).Lead(3, term: 2),
            "S1 CommitAdvanced 1", "S2 MessageSent", "S3 RoleChanged");

    [Fact]
    public void A_commit_that_a_newer_leader_lacks_is_shown_with_its_election() =>
        Shows(
            Script("LeaderCompleteness").Lead(1, term: 1).AppendAndWrite(1, Entry(1, 1)).Lead(3, term: 2).Commit(1, 1),
            "S3 RoleChanged", "S1 CommitAdvanced 1");

    [Fact]
    public void Different_entries_at_one_index_are_shown_with_the_first_commit()
    {
        Shows(
            Script("StateMachineSafety").Append(1, Entry(1, 1, "a")).Commit(1, 1).Apply(2, Entry(1, 2, "b")),
            "S1 CommitAdvanced 1", "S2 Applied 1");
        Shows(
            Script("StateMachineSafety").Append(1, Entry(1, 1, "a"), Entry(2, 1, "c")).Append(2, Entry(1, 1, "a"), Entry(2, 2, "d")).Commit(1, 1).Commit(1, 2).Commit(2, 2),
            "S1 CommitAdvanced 2", "S2 CommitAdvanced 2");
        Shows(
            Script("StateMachineSafety").Append(1, Entry(1, 1, "a")).Commit(1, 1).Truncate(1, 1),
            "S1 CommitAdvanced 1", "S1 LogTruncated 1");
    }

    [Fact]
    public void What_is_applied_and_committed_nowhere_is_shown_with_the_latest_commit() =>
        Shows(
            Script("StateMachineSafety").Append(1, Entry(1, 1, "a")).Commit(1, 1).Apply(2, Entry(2, 1, "b")),
            "S1 CommitAdvanced 1", "S2 Applied 2");

    [Fact]
    public void Indexes_that_fall_are_shown_with_the_one_before()
    {
        Shows(Script("MonotonicCommit").Append(1, Entry(1, 1), Entry(2, 1)).Commit(1, 2).Commit(1, 1), "S1 CommitAdvanced 2", "S1 CommitAdvanced 1");
        Shows(Script("MonotonicApplied").Apply(1, Entry(1, 1), Entry(2, 1)).Apply(1, Entry(1, 1)), "S1 Applied 2", "S1 Applied 1");
    }

    [Fact]
    public void An_entry_applied_out_of_order_is_shown_with_the_one_before_or_with_the_commit()
    {
        EventScript script = Script("AppliedInOrder").Append(1, Entry(1, 1), Entry(2, 1), Entry(3, 1)).Commit(1, 3).Apply(1, Entry(1, 1)).Apply(1, Entry(3, 1));
        Shows(script, "S1 Applied 1", "S1 Applied 3");
        Shows(Script("AppliedInOrder").Append(1, Entry(1, 1)).Apply(1, Entry(1, 1)), "S1 Started", "S1 Applied 1");
    }

    [Fact]
    public void What_is_applied_and_not_on_disk_is_shown_with_the_disks_last_write() =>
        Shows(
            Script("AppliedIsDurable").AppendAndWrite(1, Entry(1, 1)).Append(1, Entry(2, 1)).Apply(1, Entry(1, 1)).Apply(1, Entry(2, 1)),
            "S1 DiskAppended 1", "S1 EntryAppended 2", "S1 Applied 2");

    [Fact]
    public void An_acknowledgement_is_shown_with_the_request_and_with_what_the_disk_holds()
    {
        AppendEntries request = new(S1, S2, new(1), default, default, new[] { Entry(1, 1) }, default);
        AppendEntriesReply reply = new(S2, S1, new(1), new(1), true, default, new(1), default, default, default);
        Shows(
            Script("NoAcknowledgementBeforeDurability").WriteTerm(2, 1).Receive(request).Append(2, Entry(1, 1)).Send(reply),
            "S2 Started", "S2 MessageReceived", "S2 MessageSent");
        Shows(
            Script("NoAcknowledgementBeforeDurability").Receive(new RequestVote(S1, S2, new(3), default, default)).Term(2, 3).Send(Granted(S2, S1, 3)),
            "S2 Started", "S2 MessageReceived", "S2 MessageSent");
    }

    [Fact]
    public void A_commit_without_a_majority_is_shown_with_the_entry_and_what_the_leader_heard()
    {
        AppendEntriesReply reply = new(S2, S1, new(1), new(1), true, default, new(1), default, default, default);
        Shows(
            Script("CommittedOnQuorumOfDisks").Lead(1, term: 1).AppendAndWrite(1, Entry(1, 1)).Receive(reply).Commit(1, 1),
            "S1 EntryAppended 1", "S1 MessageReceived", "S1 CommitAdvanced 1");
    }

    [Fact]
    public void A_committed_entry_lost_by_a_disk_is_shown_with_its_commit() =>
        Shows(
            Script("CommittedOnQuorumOfDisks").Lead(1, term: 1).AppendAndWrite(1, Entry(1, 1)).AppendAndWrite(2, Entry(1, 1)).Commit(1, 1).TruncateDisk(2, 1),
            "S2 DiskAppended 1", "S1 CommitAdvanced 1", "S2 DiskTruncated 1");

    [Fact]
    public void A_committed_entry_lost_at_a_start_is_shown_with_its_commit() =>
        Shows(
            Script("CommittedOnQuorumOfDisks").Lead(1, term: 1).AppendAndWrite(1, Entry(1, 1)).AppendAndWrite(2, Entry(1, 1)).Commit(1, 1).Crash(2).Start(2, Disk(1)),
            "S2 DiskAppended 1", "S1 CommitAdvanced 1", "S2 Started");

    [Fact]
    public void A_snapshot_that_is_not_the_replay_is_shown_with_commit_and_apply() =>
        Shows(
            Script("SnapshotEqualsReplay").Append(1, Entry(1, 1, "a")).Commit(1, 1).Apply(1, Entry(1, 1, "a")).Compact(1, SnapshotOf(1, 1, "b")),
            "S1 CommitAdvanced 1", "S1 Applied 1", "S1 LogCompacted 1");

    [Fact]
    public void An_answer_that_differs_is_shown_with_the_first_one_and_the_state_before_it()
    {
        LogEntry a = Entry(1, 1, "a");
        LogEntry b = Entry(2, 1, "b");
        Shows(
            Script("Determinism").Append(1, a, b).Commit(1, 2).Answer(1, a, "a").Answer(1, b, "ab").Restore(2, SnapshotOf(1, 1, "")).Answer(2, b, "b"),
            "S1 Applied 2", "S2 Restored 1", "S2 Applied 2");
        Shows(
            new EventScript("Determinism", withModel: false).Append(1, a).Commit(1, 1).Apply(2, a).Compact(1, SnapshotOf(1, 1, "a")).Compact(2, SnapshotOf(1, 1, "b")),
            "S2 Applied 1", "S1 LogCompacted 1", "S2 LogCompacted 1");
        ClientOperation operation = Operation(1, 1, "a");
        Shows(
            Script("Determinism").Append(1, a).Commit(1, 1).Answer(1, a, "a").Call(operation).Answer(operation, 1, 1, "b"),
            "S1 Applied 1", "- ClientAnswered");
    }

    [Fact]
    public void A_wrong_answer_is_shown_with_the_commit() =>
        Shows(
            Script("ClientLinearizability").Append(1, Entry(1, 1, "a")).Commit(1, 1).Complete(1, 1, 1, "b"),
            "S1 CommitAdvanced 1", "S1 ProposalCompleted 1");

    [Fact]
    public void An_operation_that_takes_effect_too_early_is_shown_with_the_one_answered_before_its_call()
    {
        ClientOperation first = Operation(1, 1, "b");
        ClientOperation second = Operation(2, 1, "a");
        Shows(
            Script("ClientLinearizability").Append(1, Entry(1, 1, "a"), Entry(2, 1, "b")).Commit(1, 2).Call(first).Answer(first, 2, 1, "ab").Call(second).Answer(second, 1, 1, "a"),
            "- ClientAnswered", "- ClientCalled", "- ClientAnswered");
    }

    [Fact]
    public void An_entry_that_was_refused_and_is_committed_is_shown_with_the_refusal()
    {
        Shows(
            Script("ClientLinearizability").Append(1, Entry(1, 1, "a")).Refuse(1, ProposalRefusalReason.Superseded, 1, 1).Commit(1, 1),
            "S1 ProposalRefused 1", "S1 CommitAdvanced 1");
        Shows(
            Script("ClientLinearizability").Append(1, Entry(1, 1, "a")).Commit(1, 1).Refuse(1, ProposalRefusalReason.Superseded, 1, 1),
            "S1 CommitAdvanced 1", "S1 ProposalRefused 1");
    }

    [Fact]
    public void A_retry_answered_otherwise_is_shown_with_both_entries()
    {
        LogEntry first = Entry(1, 1, "1:1 a");
        LogEntry again = Entry(2, 1, "1:1 a");
        Shows(
            Script("ExactlyOnce").Append(1, first, again).Commit(1, 2).Apply(1, first, again).Complete(1, 2, 1, "aa"),
            "S1 Applied 1", "S1 Applied 2", "S1 ProposalCompleted 2");
    }

    [Fact]
    public void A_stale_read_is_shown_with_what_was_committed_when_it_was_taken()
    {
        ReadRequest read = new();
        Shows(
            Script("LinearizableReads").Append(2, Entry(1, 1)).Commit(2, 1).TakeRead(1, read).ServeRead(1, read, 0),
            "S2 CommitAdvanced 1", "S1 ReadTaken", "S1 ReadServed");
    }

    [Fact]
    public void A_fault_is_shown_with_what_the_server_did() =>
        Shows(Script("NoFault").Lead(1, term: 1).Term(2, 1).Fault(1, new InvalidOperationException("no")), "S1 RoleChanged", "S1 Faulted");

    [Fact]
    public void Without_a_leader_the_last_one_its_end_and_the_last_candidate_are_shown() =>
        Shows(
            Script("LeaderElected").Lead(1, term: 1).Crash(1).Term(2, 2).Become(Role.Candidate, 2).Term(3, 2),
            "S1 RoleChanged", "S1 Crashed", "S2 RoleChanged", "S3 TermAdvanced");

    [Fact]
    public void Without_an_answer_the_oldest_call_and_the_last_commit_are_shown()
    {
        ClientOperation operation = Operation(1, 1, "a");
        Shows(
            Script("EveryOperationAnswered").Append(1, Entry(1, 1)).Call(operation).Call(Operation(2, 1, "b")).Commit(1, 1).Refuse(1, ProposalRefusalReason.NotLeader, 0, 0).Term(3, 9),
            "- ClientCalled", "S1 CommitAdvanced 1", "S1 ProposalRefused", "S3 TermAdvanced");
    }

    [Fact]
    public void A_server_that_is_behind_is_shown_with_the_commit_and_where_it_stopped()
    {
        EventScript script = Script("EveryServerCaughtUp").Append(1, Entry(1, 1), Entry(2, 1)).Commit(1, 2).Apply(1, Entry(1, 1), Entry(2, 1)).Apply(2, Entry(1, 1)).Term(3, 9);
        Shows(script, "S1 CommitAdvanced 2", "S2 Applied 1", "S3 TermAdvanced");
    }

    [Fact]
    public void Of_a_property_without_a_rule_the_same_elsewhere_is_shown()
    {
        EventScript script = Script("SomethingElse").Apply(1, Entry(1, 1), Entry(2, 1)).Apply(2, Entry(1, 1));
        Shows(script, "S1 Applied 1", "S2 Applied 1");
        Shows(script.Lead(1, 4).Lead(2, 4), "S1 RoleChanged", "S2 RoleChanged");
        Shows(script.Crash(3), "S3 Started", "S3 Crashed");
    }

    [Fact]
    public void Without_events_there_is_nothing_to_show() => Assert.Empty(ViolationEvidence.Of("ElectionSafety", [], -1));

    private static EventScript Script(string property) => new(property);

    internal static void Shows(EventScript script, params string[] points)
    {
        if (Safety.Contains(script.Property))
        {
            Assert.Equal(script.Property, script.Violation?.Property);
        }

        IReadOnlyList<EvidencePoint> found = ViolationEvidence.Of(script.Property, script.Events, script.Events.Count - 1);
        Assert.Equal(points, found.Select(point => Describe(script.Events[point.Event])));
        Assert.All(found, point => Assert.False(string.IsNullOrWhiteSpace(point.Says)));
    }

    private static readonly HashSet<string> Safety = [.. Properties.CreateAll(() => new AppendingModel()).Select(property => property.Name)];

    private static string Describe(RaftEvent e) => $"{e.Server} {e.Kind}{(e.Index > LogIndex.Zero ? $" {e.Index}" : "")}";

    private static RequestVoteReply Granted(ServerId voter, ServerId candidate, long term) => new(voter, candidate, new(term), new(term), true);

    private static ClientOperation Operation(int client, long sequence, string command) => new(client, sequence, System.Text.Encoding.ASCII.GetBytes(command));
}

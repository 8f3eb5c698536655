using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence against the answers that a server gives about itself, and the events of a livelock.</summary>
internal static class CallEvidence
{
    /// <summary>Adds the named server's leadership, the current leader, and the server's term.</summary>
    public static void NamedLeaderHasLed(Recording recording)
    {
        RaftEvent last = recording.Last;
        ServerId named = (last.Subject as Server.ProposalRefusedException)?.Leader ?? (last.Subject as Server.ReadRefusedException)?.Leader ?? ServerId.None;
        int led = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Server == named);
        recording.Add(led, led < 0 ? "" : $"{named} becomes leader of term {recording[led].Term}");
        int term = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.TermAdvanced or RaftEventKind.Started);
        recording.Add(term, $"{last.Server} is in term {recording.View[last.Server].Term}");
        recording.Add(recording.Violating, $"{last.Server} names {named} as the leader");
    }

    /// <summary>Adds the election, the first act as leader, and the second beginning of the leadership.</summary>
    public static void LeadershipBegunOnce(Recording recording)
    {
        RaftEvent last = recording.Last;
        int elected = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Server == last.Server);
        recording.Add(elected, $"{last.Server} becomes leader of term {(elected < 0 ? last.Term : recording[elected].Term)}");
        int before = recording.Latest((in RaftEvent e) => e.Kind == last.Kind && e.Server == last.Server);
        recording.Add(before, before < 0 ? "" : $"{last.Server} begins its leadership: {recording[before].Subject}");
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.MessageReceived && e.Server == last.Server),
            $"{last.Server} receives its last message");
        recording.Add(recording.Violating, $"{last.Server} begins its leadership again: {last.Subject}");
    }

    /// <summary>Adds the server's role or snapshot, and the reason that contradicts it.</summary>
    public static void RefusalsAreTrue(Recording recording)
    {
        RaftEvent last = recording.Last;
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.RoleChanged or RaftEventKind.Started),
            $"{last.Server} is {recording.View[last.Server].Role.ToString().ToLowerInvariant()} in term {recording.View[last.Server].Term}");
        int appended = last.Index == LogIndex.Zero ? -1 : recording.Latest((in RaftEvent e) =>
            e.Kind == RaftEventKind.EntryAppended && e.Server == last.Server && e.Index == last.Index && e.OtherTerm == last.OtherTerm);
        recording.Add(appended, $"{last.Server} has appended {last.Index}/{last.OtherTerm}");
        recording.Add(recording.Violating, last.Kind == RaftEventKind.ReadTaken ? $"{last.Server} takes a read" : $"{last.Server} says: {(last.Subject as Exception)?.Message}");
    }

    /// <summary>Adds the stop and the event after it.</summary>
    public static void NothingAfterStop(Recording recording)
    {
        RaftEvent last = recording.Last;
        recording.Add(recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.Stopped && e.Server == last.Server), $"{last.Server} has stopped");
        recording.Add(recording.Violating, $"{last.Server} continues: {last.Kind}");
    }

    /// <summary>Adds the leader's election, the follower's last progress, and the last two answers.</summary>
    public static void Livelock(Recording recording)
    {
        int end = recording.Violating + 1;
        int answer = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.MessageReceived, Subject: AppendEntriesReply or InstallSnapshotReply }, end);
        int vote = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.Voted && e.Peer == e.Server, end);
        if (vote > answer)
        {
            ServerId server = recording[vote].Server;
            int before = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.Voted && e.Peer == server && e.Server == server, vote);
            recording.Add(before, $"{server} stands for election");
            recording.Add(vote, $"{server} stands for election again");
            return;
        }

        if (answer < 0)
        {
            return;
        }

        (ServerId leader, ServerId follower) = (recording[answer].Server, recording[answer].Peer);
        recording.Add(
            recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Server == leader, end),
            $"{leader} becomes leader");
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Server == follower
                && e.Kind is RaftEventKind.EntryAppended or RaftEventKind.CommitAdvanced or RaftEventKind.SnapshotInstalled or RaftEventKind.Started, end),
            $"{follower} makes its last progress");
        int earlier = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.MessageReceived, Subject: AppendEntriesReply or InstallSnapshotReply }
            && e.Server == leader && e.Peer == follower, answer);
        recording.Add(earlier, earlier < 0 ? "" : $"{follower} answers: {recording[earlier].Subject}");
        recording.Add(
            recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.MessageReceived, Subject: AppendEntries or InstallSnapshot }
                && e.Server == follower && e.Peer == leader, answer),
            $"{leader} asks again");
        recording.Add(answer, $"{follower} answers again: {recording[answer].Subject}");
    }
}

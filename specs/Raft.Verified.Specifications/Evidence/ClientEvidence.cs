using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for wrong answers to clients and for failures of servers.</summary>
internal static class ClientEvidence
{
    /// <summary>
    /// Adds the commit of the entry, the operation's call with the answers before it, and the refusal.
    /// </summary>
    public static void ClientLinearizability(Recording recording)
    {
        RaftEvent last = recording.Last;
        switch (last.Kind)
        {
            case RaftEventKind.ClientAnswered when last.Subject is ClientOperation operation:
                AddOperation(recording, operation);
                break;
            case RaftEventKind.CommitAdvanced:
                int refusal = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.ProposalRefused, Subject: ProposalRefusedException { HasNoEffect: true } }
                    && e.Index > recording.View.MaxCommitted && e.Index <= last.Index && recording.View[last.Server].Log[e.Index]?.Term == e.OtherTerm);
                recording.Add(refusal, $"the proposer of {(refusal < 0 ? last.Index : recording[refusal].Index)} is told that it has no effect");
                recording.Add(recording.Violating, $"{last.Server} commits it");
                break;
            case RaftEventKind.ProposalRefused:
                AddCommit(recording, last.Index);
                recording.Add(recording.Violating, $"{last.Server} refuses {last.Index}/{last.OtherTerm} as having no effect");
                break;
            default:
                AddCommit(recording, last.Index);
                recording.Add(recording.Violating, $"{last.Server} answers from {last.Index}/{last.OtherTerm}");
                break;
        }
    }

    /// <summary>Adds the operation's first entry and the entry from which the answer came.</summary>
    public static void ExactlyOnce(Recording recording)
    {
        ProposalResult? answer = recording.Last.Subject as ProposalResult ?? (recording.Last.Subject as ClientOperation)?.Answer;
        if (answer is null || recording.View.Committed(answer.Index) is not { } entry)
        {
            return;
        }

        int first = recording.First((in RaftEvent e) => e is { Kind: RaftEventKind.Applied, Subject: LogEntry other }
            && other.Index < entry.Index && other.Command.Span.SequenceEqual(entry.Command.Span));
        recording.Add(first, $"the operation takes effect at {(first < 0 ? "" : recording[first].Subject)}");
        recording.Add(
            recording.First((in RaftEvent e) => e.Kind == RaftEventKind.Applied && e.Index == entry.Index),
            $"its retry is applied at {entry}");
        recording.Add(recording.Violating, $"the answer is that of {entry}, not the first one");
    }

    /// <summary>Adds the acceptance of the read and the last commit before it.</summary>
    public static void LinearizableReads(Recording recording)
    {
        RaftEvent last = recording.Last;
        int taken = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.ReadTaken && ReferenceEquals(e.Subject, last.Subject));
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced && e.Index > last.Index, taken < 0 ? null : taken),
            "entries after it are committed");
        recording.Add(taken, $"{(taken < 0 ? "" : recording[taken].Server)} takes the read");
        if (last.Index > recording.View.MaxCommitted)
        {
            recording.Add(
                recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.Applied or RaftEventKind.Restored),
                $"{last.Server} has applied an uncommitted entry");
        }

        recording.Add(recording.Violating, $"{last.Server} serves it from the state after {last.Index}");
    }

    /// <summary>Adds the acceptance of the read and the newest answer that its leader has received since.</summary>
    public static void ReadsConfirmedByMajority(Recording recording)
    {
        RaftEvent last = recording.Last;
        int taken = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.ReadTaken && ReferenceEquals(e.Subject, last.Subject));
        recording.Add(taken, taken < 0 ? "" : $"{recording[taken].Server} takes the read as leader of term {recording[taken].Term}");
        ServerId leader = taken < 0 ? last.Server : recording[taken].Server;
        int answer = recording.Latest((in RaftEvent e) => e.Server == leader && e is { Kind: RaftEventKind.MessageReceived, Subject: AppendEntriesReply or InstallSnapshotReply });
        recording.Add(answer > taken ? answer : -1, answer < 0 ? "" : $"{recording[answer].Peer} says: {recording[answer].Subject}");
        recording.Add(recording.Violating, $"{last.Server} serves it from the state after {last.Index}");
    }

    /// <summary>Adds the server's last step before the failure.</summary>
    public static void NoFault(Recording recording)
    {
        RaftEvent last = recording.Last;
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.MessageReceived or RaftEventKind.Started or RaftEventKind.Applied
                or RaftEventKind.Restored or RaftEventKind.RoleChanged),
            $"the last step of {last.Server} before it failed");
        recording.Add(recording.Violating, $"{last.Server} fails");
    }

    private static void AddOperation(Recording recording, ClientOperation operation)
    {
        int called = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.ClientCalled && ReferenceEquals(e.Subject, operation));
        LogIndex index = operation.Answer?.Index ?? LogIndex.Zero;
        int before = recording.Latest(
            (in RaftEvent e) => e is { Kind: RaftEventKind.ClientAnswered, Subject: ClientOperation { Answer: { } answer } } && answer.Index >= index, called < 0 ? null : called);
        if (called >= 0 && before >= 0)
        {
            recording.Add(before, $"{recording[before].Subject} is answered");
        }
        else
        {
            AddCommit(recording, index);
        }

        recording.Add(called, $"c{operation.Client}#{operation.Sequence} is called");
        recording.Add(recording.Violating, $"{operation} is answered");
    }

    private static void AddCommit(Recording recording, LogIndex index)
    {
        int commit = index == LogIndex.Zero ? -1 : recording.FirstCommitOf(index);
        recording.Add(commit, commit < 0 ? "" : $"{recording[commit].Server} commits entry {recording.View.Committed(index)}");
    }
}

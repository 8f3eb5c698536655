using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>A message with what the search asks of it again and again.</summary>
internal sealed class MessageInfo(Message message)
{
    public Message Message { get; } = message;

    /// <summary>The receiver, from 0.</summary>
    public int Receiver { get; } = message.To.Value - 1;

    /// <summary>The candidate, from 1, to whom the message gives its sender's vote of its term; 0 for none.</summary>
    public int VoteFor { get; } = message switch
    {
        RequestVote => message.From.Value,
        RequestVoteReply { VoteGranted: true } => message.To.Value,
        _ => 0,
    };

    private readonly int _requestTerm = message switch
    {
        RequestVoteReply reply => (int)reply.RequestTerm.Value,
        AppendEntriesReply reply => (int)reply.RequestTerm.Value,
        InstallSnapshotReply reply => (int)reply.RequestTerm.Value,
        _ => -1,
    };

    /// <summary>
    /// Returns true for a reply that its receiver will always ignore: the receiver asked in a term that it has durably left, or in a role that it no longer has
    /// in that term.
    /// </summary>
    public bool IsDeadFor(LocalInfo receiver)
    {
        if (_requestTerm < 0 || Message.Term.Value > receiver.DurableTerm)
        {
            return false;
        }

        if (_requestTerm < receiver.DurableTerm)
        {
            return true;
        }

        Role asked = Message is RequestVoteReply ? Role.Candidate : Role.Leader;
        bool plays = receiver.IsUp && receiver.Term == receiver.DurableTerm && receiver.Role == asked;
        return !plays || Message is RequestVoteReply { VoteGranted: false };
    }
}

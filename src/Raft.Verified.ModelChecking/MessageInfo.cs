using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>A message with the values that the search reads often.</summary>
internal sealed class MessageInfo(Message message)
{
    public Message Message { get; } = message;

    /// <summary>The number of the receiver, from 0.</summary>
    public int Receiver { get; } = message.To.Value - 1;

    /// <summary>
    /// The number of the candidate, from 1, that gets the sender's vote of the message's term; 0 for none.
    /// </summary>
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
    /// Returns true for a reply that its receiver will always ignore: the reply to an outdated request, or a refused
    /// vote. See <c>specs/reductions.md</c>, "Dead replies".
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

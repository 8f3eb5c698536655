using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation.Lab;

/// <summary>
/// A call whose request and reply are Raft's messages. Its handler is the receiving server, from the arrival of the
/// request to the sending of the reply.
/// </summary>
internal sealed class LabRaftCall(
    LabCarrier carrier, LabNetwork network, LabEnd end, Message request, SimulatedServer caller, SimulatedServer receiver) : LabCall(network, end)
{
    // The life of the caller; a later life of the same server does not know of the request.
    private readonly RaftServer? _caller = caller.Server;
    private Message? _reply;

    protected override string RequestText => request.ToString();

    protected override string ReplyText => _reply!.ToString();

    /// <summary>Returns true when a reply answers this request.</summary>
    public bool IsAnsweredBy(Message reply) => reply.To == request.From && (request, reply) switch
    {
        (RequestVote vote, RequestVoteReply answer) => answer.RequestTerm == vote.Term,
        (AppendEntries append, AppendEntriesReply answer) =>
            answer.RequestTerm == append.Term && answer.Round == append.Round && answer.PrevLogIndex == append.PrevLogIndex && (!answer.Success || answer.MatchIndex == append.LastIndex),
        (InstallSnapshot chunk, InstallSnapshotReply answer) =>
            answer.RequestTerm == chunk.Term && answer.Round == chunk.Round && answer.LastIncludedIndex == chunk.LastIncludedIndex,
        _ => false,
    };

    /// <summary>Ends the call's handler with the reply that the receiver has sent.</summary>
    public void Answer(Message reply)
    {
        _reply = reply;
        Answer(MessageSize.Of(reply));
    }

    protected override void Handle(LabServer server) => receiver.Server!.Receive(request);

    protected override void Succeeded()
    {
        if (_caller is not null && caller.Server == _caller)
        {
            _caller.Receive(_reply!);
        }
        else
        {
            carrier.Lost(_reply!);
        }
    }

    protected override void Failed() => carrier.Lost(_reply ?? request);
}

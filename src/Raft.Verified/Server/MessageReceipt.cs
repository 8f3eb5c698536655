namespace Raft.Verified.Server;

/// <summary>The fate of a message that a transport hands to a server.</summary>
public enum MessageReceipt
{
    /// <summary>The server has taken the message and will process it.</summary>
    Taken,

    /// <summary>
    /// The message was refused, because no server of the cluster can have sent it. It changes nothing and is counted
    /// (<see cref="RaftStatus.RefusedMessages"/>).
    /// </summary>
    Refused,

    /// <summary>The server is stopping, has stopped or has failed: the message is lost.</summary>
    Stopped,
}

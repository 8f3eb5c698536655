using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The factory of the events that no server emits, with one method per kind. These are the events of clients, the
/// network and the rest of the environment. A server's own events come from <see cref="RaftEvents"/>.
/// </summary>
public static class EnvironmentEvents
{
    /// <summary>Builds <see cref="RaftEventKind.Crashed"/>.</summary>
    /// <param name="server">The server that crashed.</param>
    /// <param name="term">The term on the server's disk.</param>
    /// <param name="how">The kind of crash, for logs; null for an ordinary crash.</param>
    public static RaftEvent Crashed(ServerId server, Term term, string? how = null) =>
        new() { Kind = RaftEventKind.Crashed, Server = server, Term = term, Subject = how };

    /// <summary>Builds <see cref="RaftEventKind.Environment"/>.</summary>
    /// <param name="server">The server that the act concerns; none when it concerns several.</param>
    /// <param name="act">The act, whose text is shown in logs.</param>
    public static RaftEvent Acted(ServerId server, object act) => new() { Kind = RaftEventKind.Environment, Server = server, Subject = act };

    /// <summary>Builds <see cref="RaftEventKind.ClientCalled"/>.</summary>
    /// <param name="operation">The operation that was called.</param>
    public static RaftEvent ClientCalled(ClientOperation operation) =>
        new() { Kind = RaftEventKind.ClientCalled, Server = ServerId.None, Subject = operation };

    /// <summary>Builds <see cref="RaftEventKind.ClientAnswered"/>; the operation holds its answer.</summary>
    /// <param name="operation">The operation that was answered.</param>
    public static RaftEvent ClientAnswered(ClientOperation operation) =>
        new() { Kind = RaftEventKind.ClientAnswered, Server = ServerId.None, Subject = operation };

    /// <summary>Builds <see cref="RaftEventKind.MessageLost"/>; its term is the message's.</summary>
    /// <param name="message">The message that was lost.</param>
    public static RaftEvent MessageLost(Message message) => OfMessage(RaftEventKind.MessageLost, message);

    /// <summary>Builds <see cref="RaftEventKind.MessageDuplicated"/>; its term is the message's.</summary>
    /// <param name="message">The message that was duplicated.</param>
    public static RaftEvent MessageDuplicated(Message message) => OfMessage(RaftEventKind.MessageDuplicated, message);

    private static RaftEvent OfMessage(RaftEventKind kind, Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new() { Kind = kind, Server = message.From, Term = message.Term, Peer = message.To, Subject = message };
    }
}

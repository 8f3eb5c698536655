using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Log;

/// <summary>The part of a run that the readable log shows.</summary>
/// <param name="From">The number of the first step to show.</param>
/// <param name="To">The number of the last step to show.</param>
/// <param name="Server">
/// The server whose lines are shown, together with the messages that other servers send to it or receive from it;
/// none to show all lines.
/// </param>
internal sealed record LogFilter(int From, int To, ServerId Server)
{
    /// <summary>The filter that shows the whole run.</summary>
    public static LogFilter None { get; } = new(0, int.MaxValue, ServerId.None);

    /// <summary>Returns true when an event is shown.</summary>
    /// <param name="step">The number of the step of the event.</param>
    /// <param name="e">The event.</param>
    public bool Shows(int step, in RaftEvent e) =>
        Shows(step, e.Server) || (IsInRange(step) && e.Peer == Server && LogTopics.Of(e.Kind) == LogTopic.Msg);

    /// <summary>Returns true when a line of a server is shown.</summary>
    /// <param name="step">The number of the step of the line.</param>
    /// <param name="server">The server of the line; none for clients and network.</param>
    public bool Shows(int step, ServerId server) => IsInRange(step) && (Server.IsNone || server == Server);

    /// <summary>Describes what is shown, in a sentence; an empty text for the whole run.</summary>
    public override string ToString()
    {
        string steps = this switch
        {
            { From: 0, To: int.MaxValue } => "",
            { From: 0 } => $"steps up to {To}",
            { To: int.MaxValue } => $"steps from {From} on",
            _ => $"steps {From} to {To}",
        };
        string server = Server.IsNone ? "" : $"lines of {Server} and messages to and from it";
        return steps.Length + server.Length == 0 ? "" : $"This log shows only {steps}{(steps.Length > 0 && server.Length > 0 ? ", and only " : "")}{server}.";
    }

    private bool IsInRange(int step) => step >= From && step <= To;
}

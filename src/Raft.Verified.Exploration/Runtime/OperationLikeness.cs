using Raft.Verified.Protocol;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// What an operation is like, where its identity differs because its causes do: the same kind of thing, of the same process. Compared within one process of
/// the operating system only; never written.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Actor">The server it concerns; 0 for none.</param>
/// <param name="Process">The name of the process it belongs to, if any.</param>
/// <param name="What">The type of a message or of the code that continues, or the name of a task or timer.</param>
/// <param name="Detail">What else must be the same: a message's sender, and which copy it is; the server that the code is about.</param>
internal readonly record struct OperationLikeness(OperationKind Kind, int Actor, string? Process, object What, int Detail)
{
    public static OperationLikeness Of(in PendingOperation operation, OperationKind kind)
    {
        (object what, int detail) = Subject(in operation);
        return new OperationLikeness(kind, operation.Actor, operation.Owner?.Name, what, detail);
    }

    /// <summary>Whether an operation of the same kind is like this. Cheap comparisons first: most are not.</summary>
    public bool Fits(in PendingOperation operation)
    {
        if (operation.Actor != Actor || operation.Owner?.Name != Process)
        {
            return false;
        }

        (object what, int detail) = Subject(in operation);
        return detail == Detail && what.Equals(What);
    }

    /// <summary>The other server that it is about: who sent the message, or who is written to; 0 for none.</summary>
    public int Peer => Kind == OperationKind.Message ? Detail >> 8
        : What is string name && name.LastIndexOf(" S", StringComparison.Ordinal) is >= 0 and var at && int.TryParse(name.AsSpan(at + 2), out int peer) ? peer
        : Detail;

    /// <summary>The same of another server: what it did, what it got, and what others did about it.</summary>
    public OperationLikeness InsteadOf(ServerId server, ServerId another)
    {
        OperationLikeness likeness = this with
        {
            Actor = Actor == server.Value ? another.Value : Actor,
            Process = Process == server.ToString() ? another.ToString() : Process,
        };
        return Peer != server.Value ? likeness
            : Kind == OperationKind.Message ? likeness with { Detail = (another.Value << 8) | (Detail & 0xFF) }
            : What is string name ? likeness with { What = $"{name[..name.LastIndexOf(' ')]} {another}" }
            : likeness with { Detail = another.Value };
    }

    // The type of a continuation's target is that of the method that goes on; a task that has not begun is known by its name.
    private static (object What, int Detail) Subject(in PendingOperation operation) => operation.Payload switch
    {
        Operation other => other.Likeness,
        VirtualTimer timer => (timer.ToString(), 0),
        Delegate { Target: { } target } => (target.GetType(), ContinuedCode.ServerOf(target)),
        Delegate code => (code.Method, 0),
        _ => (operation.Payload.ToString()!, 0),
    };
}

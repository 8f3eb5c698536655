namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The likeness of operations whose identities differ because their causes do: the same kind of act by the same
/// process. Valid within one process of the operating system only; never written.
/// </summary>
/// <param name="Kind">The kind of the operations.</param>
/// <param name="Actor">The actor it concerns; 0 for none.</param>
/// <param name="Process">The name of the process that the operations belong to; null for none.</param>
/// <param name="Subject">The subject of the operations.</param>
internal readonly record struct OperationLikeness(OperationKind Kind, int Actor, string? Process, OperationSubject Subject)
{
    /// <summary>
    /// The other actor that the operation is about: the sender of a message, or the receiver of a transmission; 0 for
    /// none.
    /// </summary>
    public int Peer => Subject.Peer != 0 || Subject.What is not string name ? Subject.Peer : ActorName.AtEndOf(name);

    public static OperationLikeness Of(in PendingOperation operation, OperationKind kind) => new(kind, operation.Actor, operation.Owner?.Name, SubjectOf(in operation));

    /// <summary>
    /// Returns true when an operation of the same kind is like this. Compares the cheap fields first, because most
    /// operations differ.
    /// </summary>
    public bool Fits(in PendingOperation operation) =>
        operation.Actor == Actor && operation.Owner?.Name == Process && SubjectOf(in operation) is var subject
        && subject.Detail == Subject.Detail && subject.Peer == Subject.Peer && subject.What.Equals(Subject.What);

    /// <summary>
    /// Returns the likeness with one actor replaced by another: its own acts, and what others do about it.
    /// </summary>
    public OperationLikeness InsteadOf(int actor, int another)
    {
        OperationLikeness likeness = this with
        {
            Actor = Actor == actor ? another : Actor,
            Process = Process == ActorName.Of(actor) ? ActorName.Of(another) : Process,
        };
        return Peer != actor ? likeness
            : Subject.Peer != 0 ? likeness with { Subject = Subject with { Peer = another } }
            : likeness with { Subject = Subject with { What = $"{((string)Subject.What)[..((string)Subject.What).LastIndexOf(' ')]} {ActorName.Of(another)}" } };
    }

    // A continuation is known by the type of its target, which names the method; a task that has not begun by its name.
    private static OperationSubject SubjectOf(in PendingOperation operation) => operation.Payload switch
    {
        Operation other => other.Subject,
        VirtualTimer timer => new OperationSubject(timer.ToString()),
        Delegate { Target: { } target } => new OperationSubject(target.GetType(), ContinuedCode.ActorOf(target, operation.Owner?.Identity)),
        Delegate code => new OperationSubject(code.Method),
        _ => new OperationSubject(operation.Payload.ToString()!),
    };
}

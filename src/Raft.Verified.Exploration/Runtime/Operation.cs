namespace Raft.Verified.Exploration.Runtime;

/// <summary>An operation of the simulated world, which runs at a moment that the engine chooses.</summary>
public abstract class Operation
{
    /// <summary>The kind of the operation.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>The server that the operation concerns; 0 for none. Strategies may slow one server down.</summary>
    public abstract int Actor { get; }

    /// <summary>Runs the operation.</summary>
    public abstract void Run();

    /// <summary>
    /// The subject of the operation: equal for operations of one kind and actor that do the same thing to different
    /// effect.
    /// </summary>
    public virtual OperationSubject Subject => new(GetType());

    /// <summary>Returns the readable name of the operation for schedules. Called only when one is written.</summary>
    public abstract override string ToString();
}

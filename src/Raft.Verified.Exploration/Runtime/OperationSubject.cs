namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The subject of an operation: equal for operations that do the same thing to different effect. Valid within one
/// process of the operating system only.
/// </summary>
/// <param name="What">The type of a message or of the code that continues, or the name of a task or timer.</param>
/// <param name="Peer">The other actor that the operation is about, such as the sender of a message; 0 for none.</param>
/// <param name="Detail">A number that must be equal, too.</param>
public readonly record struct OperationSubject(object What, int Peer = 0, int Detail = 0);

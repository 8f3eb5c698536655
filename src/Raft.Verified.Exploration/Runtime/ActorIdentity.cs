namespace Raft.Verified.Exploration.Runtime;

/// <summary>The type of the values by which a program's code names actors.</summary>
/// <param name="Type">
/// The type. The first field of this type in an object names the actor that the object is about.
/// </param>
/// <param name="NumberOf">
/// A function that returns the number of the actor that a value of the type names; 0 for none.
/// </param>
public sealed record ActorIdentity(Type Type, Func<object, int> NumberOf);

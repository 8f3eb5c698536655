using System.Collections.Concurrent;
using System.Reflection;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The actor that continued code is about, which distinguishes the continuations of one asynchronous method of several
/// objects, such as the senders of a server. Uses reflection; only for schedules that are shrunk.
/// </summary>
internal static class ContinuedCode
{
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // A cache of paths by types of the framework or the compiler; a lookup always gives the same path.
    private static readonly ConcurrentDictionary<(Type Box, Type Identity), FieldInfo[]?> Paths = new();

    /// <summary>Returns the number of the actor that the continued object is about; 0 when it is about none.</summary>
    /// <param name="continued">The object that holds the method's state.</param>
    /// <param name="identity">The type by which the program's code names actors; null for none.</param>
    public static int ActorOf(object continued, ActorIdentity? identity)
    {
        if (identity is null || Paths.GetOrAdd((continued.GetType(), identity.Type), static types => PathToActor(types.Box, types.Identity)) is not { } path)
        {
            return 0;
        }

        object? value = continued;
        foreach (FieldInfo field in path)
        {
            value = value is null ? null : field.GetValue(value);
        }

        return value is null ? 0 : identity.NumberOf(value);
    }

    // The path from the state's box to the state, to the object, to the actor that it is about. Parts of the actor itself name
    // actors only through other objects.
    private static FieldInfo[]? PathToActor(Type box, Type identity)
    {
        FieldInfo? state = box.GetField("StateMachine", AnyField);
        FieldInfo? self = state?.FieldType.GetFields(AnyField).FirstOrDefault(field => field.Name.EndsWith("__this", StringComparison.Ordinal));
        FieldInfo? actor = self?.FieldType.GetFields(AnyField).FirstOrDefault(field => field.FieldType == identity);
        return actor is null ? null : [state!, self!, actor];
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using Raft.Verified.Protocol;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// Tells apart the continuations of one asynchronous method of several objects: the senders of a server, which differ in whom they send to. By reflection; for
/// schedules that are shrunk.
/// </summary>
internal static class ContinuedCode
{
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // What is known of a type of the framework's or the compiler's; the same whenever it is looked up.
    private static readonly ConcurrentDictionary<Type, FieldInfo[]?> Paths = new();

    /// <summary>The number of the server that the object is about whose method goes on; 0 when it is about none.</summary>
    /// <param name="continued">What holds the method's state.</param>
    public static int ServerOf(object continued)
    {
        if (Paths.GetOrAdd(continued.GetType(), PathToServer) is not { } path)
        {
            return 0;
        }

        object? value = continued;
        foreach (FieldInfo field in path)
        {
            value = value is null ? null : field.GetValue(value);
        }

        return value is ServerId server ? server.Value : 0;
    }

    // From the state's box to the state, to the object, to the server that it is about. A server's own parts hold no server's name but through others.
    private static FieldInfo[]? PathToServer(Type box)
    {
        FieldInfo? state = box.GetField("StateMachine", AnyField);
        FieldInfo? self = state?.FieldType.GetFields(AnyField).FirstOrDefault(field => field.Name.EndsWith("__this", StringComparison.Ordinal));
        FieldInfo? server = self?.FieldType.GetFields(AnyField).FirstOrDefault(field => field.FieldType == typeof(ServerId));
        return server is null ? null : [state!, self!, server];
    }
}

using System.Reflection;
using System.Runtime.Loader;

namespace Raft.Verified.Coyote.Tests;

/// <summary>
/// The assemblies that Coyote controls. They are copies that the build has rewritten, loaded beside the compiled
/// assemblies of the test process. Coyote itself is loaded once.
/// </summary>
internal sealed class Rewritten : AssemblyLoadContext
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "rewritten");
    private static readonly Rewritten Context = new();

    private Rewritten()
        : base("rewritten")
    {
    }

    /// <summary>Loads the rewritten copy of an assembly of this project.</summary>
    /// <param name="assembly">The compiled assembly whose copy to load.</param>
    public static Assembly CopyOf(Assembly assembly) => Context.LoadFromAssemblyName(assembly.GetName());

    /// <summary>Returns a rewritten test method.</summary>
    /// <param name="type">The type that has it.</param>
    /// <param name="method">The method's name.</param>
    public static Func<Task> TestMethod(Type type, string method) =>
        CopyOf(type.Assembly).GetType(type.FullName!, throwOnError: true)!.GetMethod(method)!.CreateDelegate<Func<Task>>();

    /// <summary>Determines whether Coyote has rewritten an assembly.</summary>
    /// <param name="assembly">The assembly to examine.</param>
    public static bool Is(Assembly assembly) =>
        assembly.GetCustomAttributes(false).Any(attribute => attribute.GetType().Name == "RewritingSignatureAttribute");

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}

using System.Reflection;
using System.Runtime.Loader;

namespace Raft.Verified.Coyote.Tests;

/// <summary>
/// The assemblies that Coyote controls: copies that the build has rewritten, loaded beside those of the test process, which are as they were
/// compiled. Coyote itself is loaded once.
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
    /// <param name="assembly">The assembly as it was compiled.</param>
    public static Assembly CopyOf(Assembly assembly) => Context.LoadFromAssemblyName(assembly.GetName());

    /// <summary>Returns a rewritten test method.</summary>
    /// <param name="type">The type that has it.</param>
    /// <param name="method">The method's name.</param>
    public static Func<Task> TestMethod(Type type, string method) =>
        CopyOf(type.Assembly).GetType(type.FullName!, throwOnError: true)!.GetMethod(method)!.CreateDelegate<Func<Task>>();

    /// <summary>Tells whether Coyote has rewritten an assembly.</summary>
    /// <param name="assembly">The assembly to look at.</param>
    public static bool Is(Assembly assembly) =>
        assembly.GetCustomAttributes(false).Any(attribute => attribute.GetType().Name == "RewritingSignatureAttribute");

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}

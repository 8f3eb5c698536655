using System.Reflection;
using System.Runtime.Loader;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>
/// An assembly load context for an assembly of the user and its dependencies. The assemblies of this library are those
/// of the command, so that types agree. Assemblies are read into memory, so that a build can replace their files.
/// </summary>
internal sealed class AssemblyContext : AssemblyLoadContext
{
    // The context of the command is not the default one when the command runs with a mutant of the library.
    private static readonly AssemblyLoadContext Command = GetLoadContext(typeof(AssemblyContext).Assembly)!;

    private readonly string _image;
    private readonly string _name;
    private readonly IReadOnlyList<CompiledAssembly> _changed;
    private readonly AssemblyDependencyResolver _resolver;
    private readonly PackageFolder _packages;

    /// <summary>Creates the context; assemblies are loaded when they are first needed.</summary>
    /// <param name="image">The full path of the assembly.</param>
    /// <param name="changed">The assemblies that a mutant changes; they replace those of the same name.</param>
    /// <param name="isCollectible">True to free the memory of the context when nothing refers to it any more.</param>
    public AssemblyContext(string image, IReadOnlyList<CompiledAssembly> changed, bool isCollectible)
        : base(image, isCollectible || Command.IsCollectible)
    {
        _image = image;
        _name = AssemblyName.GetAssemblyName(image).Name!;
        _changed = changed;
        _resolver = new AssemblyDependencyResolver(image);
        _packages = PackageFolder.Of(image);
    }

    /// <summary>Returns the assembly of the user.</summary>
    public Assembly Main() => LoadFromAssemblyName(new AssemblyName(_name));

    /// <summary>Returns true when the command has an assembly of this library with the given name.</summary>
    /// <param name="name">The simple name of an assembly.</param>
    public static bool IsShared(string name) =>
        (name == "raft" || name.StartsWith("Raft.Verified", StringComparison.Ordinal)) && File.Exists(PathOfShared(name));

    /// <summary>Returns the path of an assembly of the command.</summary>
    /// <param name="name">The simple name of the assembly.</param>
    public static string PathOfShared(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (_changed.FirstOrDefault(assembly => assembly.Name == name) is { } changed)
        {
            using MemoryStream image = new([.. changed.Image]);
            return LoadFromStream(image);
        }

        return name == _name ? Read(_image)
            : IsShared(name) ? Command.LoadFromAssemblyName(new AssemblyName(name))
            : (_resolver.ResolveAssemblyToPath(assemblyName) ?? _packages.Find(name)) is { } path ? Read(path)
            : null;
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private Assembly Read(string path)
    {
        using MemoryStream image = new(File.ReadAllBytes(path));
        string symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols))
        {
            return LoadFromStream(image);
        }

        using MemoryStream debug = new(File.ReadAllBytes(symbols));
        return LoadFromStream(image, debug);
    }
}
